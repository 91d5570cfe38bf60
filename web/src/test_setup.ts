import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';

// jsdom lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView ??= () => undefined;
