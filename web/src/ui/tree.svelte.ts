// The state of a tree on the page: which branches are open, what they hold, and where the keyboard stands.
// Branches are asked for when they are first opened.

export interface TreeNode {
  id: string;
  label: string;
  note?: string;
  has_children: boolean;
  href?: string;
}

// One line of the tree as shown.
export interface TreeLine {
  node: TreeNode;
  level: number;
  place: number;
  siblings: number;
  parent_id: string | undefined;
}

export class TreeState {
  roots = $state.raw<TreeNode[]>([]);
  focused_id = $state<string | undefined>(undefined);

  #children = $state.raw(new Map<string, TreeNode[]>());
  #open = $state.raw(new Set<string>());
  #list_children: (id: string) => Promise<TreeNode[]>;
  lines = $derived.by(() => this.#lines_of(this.roots, 1, undefined));

  constructor(list_children: (id: string) => Promise<TreeNode[]>) {
    this.#list_children = list_children;
  }

  is_open(id: string): boolean {
    return this.#open.has(id);
  }

  async open(id: string): Promise<void> {
    if (!this.#children.has(id)) {
      const children = await this.#list_children(id);
      this.#children = new Map(this.#children).set(id, children);
    }
    this.#open = new Set(this.#open).add(id);
  }

  close(id: string): void {
    const open = new Set(this.#open);
    open.delete(id);
    this.#open = open;
  }

  async toggle(id: string): Promise<void> {
    if (this.is_open(id)) this.close(id);
    else await this.open(id);
  }

  // Moves the keyboard as trees do everywhere: up and down over the lines, right into a branch, left out of it.
  // Returns false for a key that means nothing here.
  async press(key: string): Promise<boolean> {
    const lines = this.lines;
    const place = lines.findIndex((line) => line.node.id === this.focused_id);
    const line = lines[place];
    if (!line) return false;
    const { node } = line;
    const stand_on = (next: TreeLine | undefined) => {
      if (next) this.focused_id = next.node.id;
      return true;
    };
    switch (key) {
      case 'ArrowDown':
        return stand_on(lines[place + 1]);
      case 'ArrowUp':
        return stand_on(lines[place - 1]);
      case 'Home':
        return stand_on(lines[0]);
      case 'End':
        return stand_on(lines.at(-1));
      case 'ArrowRight':
        if (node.has_children && !this.is_open(node.id)) await this.open(node.id);
        else if (node.has_children) stand_on(lines[place + 1]);
        return true;
      case 'ArrowLeft':
        if (this.is_open(node.id)) this.close(node.id);
        else stand_on(lines.find((each) => each.node.id === line.parent_id));
        return true;
      default:
        return false;
    }
  }

  #lines_of(nodes: TreeNode[], level: number, parent_id: string | undefined): TreeLine[] {
    return nodes.flatMap((node, i) => {
      const line = { node, level, place: i + 1, siblings: nodes.length, parent_id };
      const below = this.#open.has(node.id) ? (this.#children.get(node.id) ?? []) : [];
      return [line, ...this.#lines_of(below, level + 1, node.id)];
    });
  }
}
