import { describe, expect, it } from 'vitest';
import { device_name } from './device';

describe('the name of a device', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [
      `Mozilla/5.0 (Linux; Android 13; SM-A145F) ${webkit} Chrome/120.0.0.0 Mobile Safari/537.36`,
      'Chrome, Android',
    ],
    [
      `Mozilla/5.0 (Windows NT 6.1; Win64; x64) ${webkit} Chrome/109.0.0.0 Safari/537.36 Edg/109.0`,
      'Edge, Windows',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${webkit} coc_coc_browser/110.0 Chrome/104.0 Safari/537.36`,
      'Cốc Cốc, Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0', 'Firefox, Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 Version/15.4 Mobile/15E148 Safari/604.1',
      'Safari, iOS',
    ],
  ])('tells browser and system: %s', (agent, name) => expect(device_name(agent)).toBe(name));

  it('is empty when the browser tells nothing', () => expect(device_name('curl/8')).toBe(''));
});
