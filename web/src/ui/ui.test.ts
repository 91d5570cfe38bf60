import { describe, expect, it } from 'vitest';
import { avatar_letter, avatar_tint } from './avatar';
import { class_rank, class_steps, is_class_key } from './class_key';
import { field_id } from './field_id';
import { draw_ridge } from './ridge';
import { sort_rows, type Column } from './table';
import { terrace_shape } from './terrace';
import { TreeState } from './tree.svelte';

describe('avatar', () => {
  it('takes the given name, which stands last', () => {
    expect(avatar_letter('Nông Văn Sìn')).toBe('S');
    expect(avatar_letter('Lý Thị ệch')).toBe('Ệ');
    expect(avatar_letter('  ')).toBe('?');
  });

  it('gives the same name the same tint', () => {
    expect(avatar_tint('Nông Văn Sìn')).toBe(avatar_tint('Nông Văn Sìn'));
    const tints = [
      'Nông Văn Sìn',
      'Lý Thị Mẩy',
      'Bàn Tiến Phúc',
      'Ma Thị Diệp',
      'Triệu A Páo',
      'Hoàng Thị Lả',
    ];
    expect(new Set(tints.map(avatar_tint)).size).toBeGreaterThan(1);
  });
});

describe('classes', () => {
  it('have one step more for each class above the lowest', () => {
    expect((['not_completed', 'completed', 'good', 'excellent'] as const).map(class_steps)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(class_rank(null)).toBe(0);
    expect(is_class_key('best')).toBe(false);
  });
});

describe('field_id', () => {
  it('makes an id of the path of a field', () => {
    expect(field_id('items[2].title')).toBe('field-items-2-title');
  });
});

describe('draw_ridge', () => {
  it('draws the same hills for the same unit and others for another', () => {
    expect(draw_ridge('01HZX', 300)).toEqual(draw_ridge('01HZX', 300));
    expect(draw_ridge('01HZX', 300).hills).not.toEqual(draw_ridge('01HZY', 300).hills);
  });

  it('draws whole numbers of points only', () => {
    expect(JSON.stringify(draw_ridge('x', 300))).not.toMatch(/NaN|Infinity/);
  });
});

describe('sort_rows', () => {
  const column: Column<{ n: number | null; name: string }> = {
    key: 'n',
    title: 'n',
    text: (row) => String(row.n),
    value: (row) => row.n,
  };
  const rows = [
    { n: 2, name: 'a' },
    { n: null, name: 'b' },
    { n: 10, name: 'c' },
    { n: 2, name: 'd' },
  ];

  it('orders by value, equal ones as they came, missing ones last either way', () => {
    expect(sort_rows(rows, column, 'ascending').map((row) => row.name)).toEqual(['a', 'd', 'c', 'b']);
    expect(sort_rows(rows, column, 'descending').map((row) => row.name)).toEqual(['c', 'a', 'd', 'b']);
  });

  it('leaves the given rows alone', () => {
    const before = [...rows];
    sort_rows(rows, column, 'descending');
    expect(rows).toEqual(before);
  });
});

describe('terrace_shape', () => {
  const frame = { width: 300, bottom: 190, top: 10 };

  it('puts higher values higher, inside the frame', () => {
    const { height_of } = terrace_shape([50, 90], [70], frame);
    expect(height_of(90)).toBeLessThan(height_of(50));
    expect(height_of(90)).toBeCloseTo(10);
    expect(height_of(50)).toBeLessThan(190);
  });

  it('leaves a gap where there is no value', () => {
    const { steps, end } = terrace_shape([50, null, 60, null], [], frame);
    expect(steps.match(/M/g)).toHaveLength(2);
    expect(end?.x).toBe(187.5);
  });

  it('draws a single value and none at all', () => {
    expect(terrace_shape([70], [], frame).steps).not.toMatch(/NaN/);
    expect(terrace_shape([], [], frame)).toMatchObject({ steps: '', end: undefined });
  });
});

describe('a tree', () => {
  const node = (id: string, has_children: boolean) => ({ id, label: id, has_children });
  const grown = () => {
    const asked: string[] = [];
    const tree = new TreeState(async (id) => {
      asked.push(id);
      return [node(`${id}1`, id.length < 2), node(`${id}2`, false)];
    });
    tree.roots = [node('a', true), node('b', false)];
    tree.focused_id = 'a';
    return { tree, asked };
  };
  const ids = (tree: TreeState) => tree.lines.map((line) => line.node.id);

  it('asks for a branch once, when it is first opened', async () => {
    const { tree, asked } = grown();
    expect(ids(tree)).toEqual(['a', 'b']);
    await tree.toggle('a');
    expect(ids(tree)).toEqual(['a', 'a1', 'a2', 'b']);
    await tree.toggle('a');
    await tree.toggle('a');
    expect(asked).toEqual(['a']);
    expect(tree.lines[1]).toMatchObject({ level: 2, place: 1, siblings: 2, parent_id: 'a' });
  });

  it('is walked with the arrow keys', async () => {
    const { tree } = grown();
    const walk = async (...keys: string[]) => {
      for (const key of keys) await tree.press(key);
      return tree.focused_id;
    };
    expect(await walk('ArrowRight')).toBe('a');
    expect(tree.is_open('a')).toBe(true);
    expect(await walk('ArrowRight', 'ArrowDown')).toBe('a2');
    expect(await walk('ArrowLeft')).toBe('a');
    expect(await walk('End', 'ArrowDown')).toBe('b');
    expect(await walk('Home', 'ArrowLeft')).toBe('a');
    expect(tree.is_open('a')).toBe(false);
    expect(await tree.press('x')).toBe(false);
  });
});
