// Tasks: who does what until when, and what came of it.
import type { Page } from '../platform/page';

export const task_pages: Page[] = [
  { pattern: '/tasks', title: 'app.tasks', page: () => import('./Tasks.svelte') },
  {
    pattern: '/units/:unit_id/tasks/assign',
    title: 'task.assign',
    permission: 'tasks.assign',
    page: () => import('./AssignTask.svelte'),
  },
  {
    pattern: '/tasks/move',
    title: 'task.move_many',
    permission: 'tasks.assign',
    page: () => import('./MoveDueDays.svelte'),
  },
  {
    pattern: '/units/:unit_id/group_tasks',
    title: 'task.of_group',
    page: () => import('./GroupTasks.svelte'),
  },
  { pattern: '/tasks/:task_id', title: 'task.task', page: () => import('./TaskPage.svelte') },
];

// A part of pages of other capabilities, in a chunk of its own.
export const task_row = () => import('./TaskRow.svelte');
