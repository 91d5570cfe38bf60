import { mount } from 'svelte';
import './elements.css';
import App from './app/App.svelte';
import { pages } from './app/pages';
import { begin_routing, use_routes } from './platform/router.svelte';
import { register_service_worker } from './platform/service_worker_client';
import { open_session } from './platform/session.svelte';
import { language_of_device, t, use_language } from './platform/texts.svelte';
import { show_toast } from './ui/toasts.svelte';

use_routes(pages);
await use_language(language_of_device());
await Promise.all([begin_routing(), open_session()]);
mount(App, { target: document.getElementById('app')! });
register_service_worker((take_over) => {
  show_toast(t('app.newer_version'), 'plain', { label: t('app.use_newer'), act: take_over });
});
