import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import 'fake-indexeddb/auto';

// A machine with other work takes longer to draw; what never comes is found out all the same.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView ??= () => undefined;
