// Obstacles: what a unit cannot solve itself, on its way up and back.
import type { Page } from '../platform/page';

export const obstacle_pages: Page[] = [
  {
    pattern: '/obstacles',
    title: 'obstacle.obstacles',
    permission: 'obstacles.read',
    page: () => import('./Obstacles.svelte'),
  },
  {
    pattern: '/units/:unit_id/obstacles/raise',
    title: 'obstacle.raise',
    permission: 'obstacles.raise',
    page: () => import('./RaiseObstacle.svelte'),
  },
  {
    pattern: '/units/:unit_id/obstacle_board',
    title: 'obstacle.board',
    permission: 'obstacles.read',
    page: () => import('./ObstacleBoard.svelte'),
  },
  {
    pattern: '/obstacles/:obstacle_id',
    title: 'obstacle.obstacle',
    permission: 'obstacles.read',
    page: () => import('./ObstaclePage.svelte'),
  },
  {
    pattern: '/obstacle_cases/:case_id',
    title: 'obstacle.case',
    permission: 'obstacles.read',
    page: () => import('./CasePage.svelte'),
  },
];
