// A unit's own landscape, drawn from its id: karst ridges in mist with terraces in front. The same id always
// gives the same hills, and they cost no download.
export const ridge_width = 1440;

export interface Ridge {
  // Filled shapes from the farthest hills to the nearest.
  hills: string[];
  // The edge of the terraced field, filled, and the lines on it.
  field: string;
  terraces: string[];
}

type Point = [x: number, y: number];

// Numbers between 0 and 1 that depend on the seed alone.
function random_from(seed: string): () => number {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9;
    state ^= state >>> 13;
    return (state >>> 0) / 4294967296;
  };
}

// A smooth curve through all points (Catmull-Rom, written as Bézier curves).
function smooth(points: Point[]): string {
  const start = points[0]!;
  let path = `M${start[0]} ${start[1].toFixed(1)}`;
  for (let i = 0; i < points.length - 1; i++) {
    const from = points[i]!;
    const to = points[i + 1]!;
    const before = points[i - 1] ?? from;
    const after = points[i + 2] ?? to;
    const control = [
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
      to[0],
      to[1],
    ];
    path += `C${control.map((value) => value.toFixed(1)).join(' ')}`;
  }
  return path;
}

// One range of hills: rounded towers, lower towards the left where the title stands.
function hill_points(layer: number, height: number, random: () => number): Point[] {
  const towers = Array.from({ length: 9 + layer * 2 }, () => {
    const x = random() * ridge_width;
    const lean = 0.35 + 0.65 * Math.min(1, Math.max(0, (x - ridge_width * 0.18) / (ridge_width * 0.5)));
    const width = 46 + random() * (150 - layer * 12);
    return { x, width, height: (0.22 + random() * 0.5) * height * (0.62 - layer * 0.075) * lean };
  });
  const foot = height * (0.6 + layer * 0.075);
  const points: Point[] = [];
  for (let x = -30; x <= ridge_width + 30; x += 18) {
    let rise = 0;
    for (const tower of towers) {
      const distance = Math.abs(x - tower.x) / tower.width;
      const top = distance < 1.6 ? tower.height * Math.exp(-Math.pow(distance, 2.6) * 1.4) : 0;
      rise = Math.max(rise, top) + tower.height * 0.1 * Math.exp(-distance * distance);
    }
    points.push([x, foot - rise - 5 * Math.sin(x / 61 + layer * 2) - 3 * Math.sin(x / 23 + layer)]);
  }
  return points;
}

export function draw_ridge(seed: string, height: number): Ridge {
  const random = random_from(seed);
  const close = `V${height}H-30Z`;
  const hills = [0, 1, 2, 3, 4].map((layer) => smooth(hill_points(layer, height, random)) + close);
  const phase = random() * 6;
  const terraces = [0, 1, 2, 3, 4, 5, 6].map((step) => {
    const points: Point[] = [];
    for (let x = -30; x <= ridge_width + 30; x += 48) {
      const wave =
        Math.sin(x / 210 + phase) * (17 - step * 0.8) + Math.sin(x / 83 + phase * 2 + step * 0.28) * 5;
      points.push([x, height * 0.86 + step * (5.5 + step * 1.3) + wave - (x / ridge_width) * 20]);
    }
    return smooth(points);
  });
  return { hills, field: terraces[0]! + close, terraces };
}
