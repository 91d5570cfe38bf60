// Where the steps of a terrace chart lie. Values climb from the bottom; the scale fits the values and thresholds.
export interface TerraceShape {
  steps: string;
  area: string;
  end: { x: number; y: number } | undefined;
  middle_of: (place: number) => number;
  height_of: (value: number) => number;
}

export interface TerraceFrame {
  width: number;
  bottom: number;
  top: number;
}

// A missing value leaves a gap: a month without a figure is not a month at zero.
export function terrace_shape(
  values: readonly (number | null)[],
  thresholds: readonly number[],
  frame: TerraceFrame,
): TerraceShape {
  const known = values.filter((value): value is number => value !== null);
  const low = Math.min(...known, ...thresholds);
  const high = Math.max(...known, ...thresholds);
  const margin = (high - low || Math.abs(high) || 1) * 0.18;
  const scale = (frame.bottom - frame.top) / (high - low + margin);
  const height_of = (value: number) => frame.bottom - (value - low + margin) * scale;
  const step = frame.width / Math.max(values.length, 1);
  let steps = '';
  let area = '';
  let is_open = false;
  values.forEach((value, place) => {
    if (value === null) {
      is_open = false;
      return;
    }
    const x = (place * step).toFixed(1);
    const next = ((place + 1) * step).toFixed(1);
    const y = height_of(value).toFixed(1);
    steps += `${is_open ? 'L' : 'M'}${x} ${y}H${next}`;
    area += `M${x} ${frame.bottom}V${y}H${next}V${frame.bottom}Z`;
    is_open = true;
  });
  const last = values.reduce<number>((found, value, place) => (value === null ? found : place), -1);
  const end = last < 0 ? undefined : { x: (last + 0.5) * step, y: height_of(values[last]!) };
  return { steps, area, end, middle_of: (place) => (place + 0.5) * step, height_of };
}
