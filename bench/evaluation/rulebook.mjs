// Reads a rulebook (TOML, as `groundwork` reads it) into the shape from which bench/evaluation writes SQL and
// Polars expressions. It knows what bench/reference.toml uses and refuses the rest.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { name, names_in, number, read_formula } from "./formula.mjs";

// What an engine may compute from facts alone, before anybody is judged.
export const RESULTS = ["score", "final_class", "is_weak"];
export const needs_results = (sum) => [sum.amount, sum.where].filter(Boolean).flatMap(names_in).some((one) => RESULTS.includes(one));

function scoring_of(part) {
    if (part.scoring === "line") return { way: "line", points: part.line };
    if (part.scoring === "steps") return { way: "steps", steps: part.steps.map((step) => [step.to, step.points]), otherwise: part.otherwise };
    if (part.scoring === "direct") return { way: "direct" };
    throw new Error(`${part.key}: scoring "${part.scoring}" is not known here`);
}

class Reader {
    constructor(file) {
        this.book = parse(readFileSync(file, "utf8"));
        this.classes = Object.fromEntries(this.book.class.map((one) => [one.key, one.number]));
        this.kinds = Object.fromEntries(this.book.kind.map((one) => [one.key, one.number]));
    }

    formula(text) {
        return read_formula(text, (dotted) => {
            const [first, second] = dotted.split(".");
            if (first === "class" && second) return number(this.classes[second]);
            if (first === "kind" && second) return number(this.kinds[second]);
            return name(second ? `${first}_${second}` : first);
        });
    }

    cap(cap) {
        const below = Math.max(...Object.values(this.classes).filter((one) => one < this.classes[cap.class]));
        if (this.classes[cap.class] !== Math.max(...Object.values(this.classes)) || cap.base !== "good_or_better" || cap.rounding !== "floor")
            throw new Error("a cap is on the highest class, a floor of those good or better");
        const order = cap.tie_break.map((text) => ({ column: text.replace("-", ""), is_descending: text.startsWith("-") }));
        return { capped: this.classes[cap.class], below, from: this.classes.good, percent: cap.percent, order };
    }

    subject(part) {
        const condition = (one) => ({ number: this.classes[one.class], when: this.formula(one.when) });
        return {
            kinds: (part.kinds ?? []).map((key) => this.kinds[key]),
            criteria: part.criterion.map((one) => ({ column: `input_${one.key}`, input: this.formula(one.input), scoring: scoring_of(one) })),
            deductions: (part.deduction ?? []).map((one) => ({ amount: this.formula(one.amount), scoring: scoring_of(one) })),
            not_classified: (part.not_classified ?? []).map((one) => this.formula(one.when)),
            class_when: (part.class_when ?? []).map(condition),
            at_most: (part.at_most ?? []).map(condition).sort((a, b) => a.number - b.number),
            thresholds: part.threshold.map((one) => ({ number: this.classes[one.class], minimum: one.minimum })).sort((a, b) => b.minimum - a.minimum),
            lowest: Math.min(...Object.values(this.classes)),
            cap: this.cap(part.cap),
            reasons: (part.weak_reason ?? []).map((one) => ({ column: `reason_${one.key}`, bit: one.bit, when: this.formula(one.when) })),
            weak_when: part.weak_when && this.formula(part.weak_when),
        };
    }

    sum(part) {
        return {
            column: part.key, over: part.over,
            amount: part.sum ? this.formula(part.sum) : number(1),
            where: part.where || part.when ? this.formula(part.where ?? part.when) : undefined,
        };
    }
}

const same = (a, b) => JSON.stringify([a.amount, a.where]) === JSON.stringify([b.amount, b.where]);

// What a cell gathers from its members: to be carried upwards, and for its own rules.
function gathered_sums(carried, aggregates) {
    const gathered = carried.filter((one) => one.over === "members");
    for (const one of aggregates.filter((sum) => sum.over === "members"))
        if (!gathered.some((known) => same(known, one))) gathered.push(one);
    return gathered;
}

// The sums that a subtree carries upwards: those that are shown (counters), then those that only rules ask for. What is
// asked for twice is carried once.
function carried_sums(counters, aggregates) {
    const carried = counters.map((one) => ({ ...one, column: `all_${one.column}` }));
    for (const one of aggregates) {
        const over = { subtree: "units", subtree_members: "members" }[one.over];
        if (over && !carried.some((known) => known.over === over && same(known, one)))
            carried.push({ ...one, over, column: `all_${one.column}` });
    }
    return carried;
}

export function read_rulebook(file) {
    const reader = new Reader(file);
    const subjects = reader.book.subject;
    const unit_subjects = subjects.filter((one) => one.judges === "units").map((one) => reader.subject(one));
    const counters = reader.book.counter.map((one) => reader.sum(one));
    const aggregates = reader.book.aggregate.map((one) => reader.sum(one));
    const carried = carried_sums(counters, aggregates);
    const gathered = gathered_sums(carried, aggregates);
    const carried_as = (one, over) => carried.find((known) => known.over === over && same(known, one)).column;
    const facts = (of) => reader.book.fact.filter((one) => one.of === of).map((one) => one.key);
    return {
        member_facts: facts("members"),
        unit_facts: facts("units"),
        member: reader.subject(subjects.find((one) => one.judges === "members")),
        // From the bottom of the tree to the top; a kind without a subject is not judged.
        levels: reader.book.kind.map((one) => ({ kind: one.number, subject: unit_subjects.find((subject) => subject.kinds.includes(one.number)) })),
        member_sums: gathered,
        child_sums: aggregates.filter((one) => one.over === "children"),
        // What rules call by another name than it is gathered or carried by.
        member_names: aggregates.filter((one) => one.over === "members")
            .map((one) => ({ column: one.column, sum: gathered.find((known) => same(known, one)).column }))
            .filter((one) => one.column !== one.sum),
        subtree_names: aggregates.filter((one) => one.over.startsWith("subtree"))
            .map((one) => ({ column: one.column, sum: carried_as(one, one.over === "subtree" ? "units" : "members") })),
        carried,
        counters: counters.map((one) => `all_${one.column}`),
    };
}
