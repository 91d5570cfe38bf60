// Reads the formulas of a rulebook, such as "ratio(held, due, 10000) < 9000 and not excused", into trees of
// { op: "number", value }, { op: "name", name } and { op, parts }.

const TOKEN = /\s*(?:(\d+)|([a-z_]\w*(?:\.\w+)*)|(>=|<=|!=|[-+*(),<>=]))/iy;
const COMPARISONS = ["<", "<=", ">", ">=", "=", "!="];
export const FUNCTIONS = ["ratio", "mean", "max", "min", "abs"];

export const number = (value) => ({ op: "number", value });
export const name = (text) => ({ op: "name", name: text });

function tokens_of(text) {
    const tokens = [];
    TOKEN.lastIndex = 0;
    while (text.slice(TOKEN.lastIndex).trim()) {
        const at = TOKEN.lastIndex;
        const found = TOKEN.exec(text);
        if (!found) throw new Error(`cannot read "${text.slice(at)}" in the formula "${text}"`);
        tokens.push(found[1] !== undefined ? Number(found[1]) : (found[2] ?? found[3]));
    }
    return tokens;
}

// `meaning(dotted name)` gives the tree that a name stands for.
export function read_formula(text, meaning = name) {
    const tokens = tokens_of(text);
    let at = 0;
    const take = (wanted) => {
        if (tokens[at] !== wanted) throw new Error(`"${wanted}" is missing in the formula "${text}"`);
        ++at;
    };
    const chain = (operators, next) => () => {
        let tree = next();
        while (operators.includes(tokens[at])) tree = { op: tokens[at++], parts: [tree, next()] };
        return tree;
    };
    const single = () => {
        const token = tokens[at++];
        if (typeof token === "number") return number(token);
        if (token === "(") {
            const inside = either();
            take(")");
            return inside;
        }
        if (token === "not") return { op: "not", parts: [single()] };
        if (FUNCTIONS.includes(token)) {
            take("(");
            const parts = [either()];
            while (tokens[at] === ",") {
                ++at;
                parts.push(either());
            }
            take(")");
            return { op: token, parts };
        }
        if (typeof token !== "string" || !/^[a-z_]/i.test(token)) throw new Error(`a value is missing in the formula "${text}"`);
        return meaning(token);
    };
    const product = chain(["*"], single);
    const sum = chain(["+", "-"], product);
    const comparison = chain(COMPARISONS, sum);
    const both = chain(["and"], comparison);
    const either = chain(["or"], both);
    const tree = either();
    if (at < tokens.length) throw new Error(`"${tokens[at]}" is too much in the formula "${text}"`);
    return tree;
}

export function names_in(tree) {
    if (tree.op === "name") return [tree.name];
    return (tree.parts ?? []).flatMap(names_in);
}

const truth = (tree) => (tree.op === "number" ? tree.value !== 0 : undefined);
const COMPARE = {
    "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b,
    ">=": (a, b) => a >= b, "=": (a, b) => a === b, "!=": (a, b) => a !== b,
};

// The tree when some names are known to be numbers: conditions that are then decided become 1 or 0.
export function with_known(tree, known) {
    if (tree.op === "name") return tree.name in known ? number(known[tree.name]) : tree;
    if (tree.op === "number") return tree;
    const parts = tree.parts.map((part) => with_known(part, known));
    if (tree.op in COMPARE && parts.every((part) => part.op === "number"))
        return number(COMPARE[tree.op](parts[0].value, parts[1].value) ? 1 : 0);
    if (tree.op === "and" || tree.op === "or") {
        const decisive = tree.op === "or";
        if (parts.some((part) => truth(part) === decisive)) return number(decisive ? 1 : 0);
        const open = parts.filter((part) => truth(part) === undefined);
        if (open.length === 0) return number(decisive ? 0 : 1);
        return open.length === 1 ? open[0] : { op: tree.op, parts: open };
    }
    return { op: tree.op, parts };
}
