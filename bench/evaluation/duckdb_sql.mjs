// Writes a rulebook as SQL for DuckDB. Each step is one statement or a few; layers of sub-queries compute every value
// once. Piecewise lines are CASEs, which DuckDB computes faster than clamped sums.
import { needs_results } from "./rulebook.mjs";
import { with_known } from "./formula.mjs";

const INFIX = { "and": "AND", "or": "OR", "!=": "<>" };

function sql(tree) {
    if (tree.op === "number") return String(tree.value);
    if (tree.op === "name") return tree.name;
    const parts = tree.parts.map(sql);
    const [first, second, third, fourth] = parts;
    switch (tree.op) {
        case "ratio": return `CASE WHEN ${second} > 0 THEN least(10000, ${first} * 10000 // ${second}) ELSE ${third} END`;
        case "mean": return `CASE WHEN ${second} > 0 THEN ${first} * ${third} // ${second} ELSE ${fourth} END`;
        case "max": return `greatest(${parts.join(", ")})`;
        case "min": return `least(${parts.join(", ")})`;
        case "abs": return `abs(${first})`;
        case "not": return `NOT (${first})`;
        default: return `(${parts.join(` ${INFIX[tree.op] ?? tree.op} `)})`;
    }
}

function points(scoring, x) {
    if (scoring.way === "direct") return x;
    if (scoring.way === "steps") {
        const whens = scoring.steps.map(([to, value]) => `WHEN ${x} <= ${to} THEN ${value}`);
        return `CASE ${whens.join(" ")} ELSE ${scoring.otherwise} END`;
    }
    const corners = scoring.points;
    const whens = [`WHEN ${x} <= ${corners[0][0]} THEN ${corners[0][1]}`];
    for (let i = 1; i < corners.length; ++i) {
        const [[x0, y0], [x1, y1]] = [corners[i - 1], corners[i]];
        const slope = `(${x} - ${x0}) * ${Math.abs(y1 - y0)} // ${x1 - x0}`;
        whens.push(`WHEN ${x} <= ${x1} THEN ${y0} ${y1 < y0 ? "-" : "+"} ${slope}`);
    }
    return `CASE ${whens.join(" ")} ELSE ${corners.at(-1)[1]} END`;
}

const any = (conditions) => conditions.map(sql).join(" OR ") || "FALSE";
const layer = (columns, below) => `SELECT *,\n    ${columns.join(",\n    ")}\nFROM (${below})`;

function pre_class(subject) {
    const reached = `CASE ${subject.thresholds.map((one) => `WHEN score >= ${one.minimum} THEN ${one.number}`).join(" ")} ELSE ${subject.lowest} END`;
    return `CASE WHEN ${any(subject.not_classified)} THEN 0
        ${subject.class_when.map((one) => `WHEN ${sql(one.when)} THEN ${one.number}`).join(" ")}
        ${subject.at_most.map((one) => `WHEN ${sql(one.when)} THEN least(${one.number}, ${reached})`).join("\n        ")}
        ELSE ${reached} END`;
}

// The query `source` with score, pre_class and final_class.
function judged(subject, source, id, group) {
    const inputs = layer(subject.criteria.map((one) => `${sql(one.input)} AS ${one.column}`), source);
    const gained = subject.criteria.map((one) => points(one.scoring, one.column));
    const lost = subject.deductions.map((one) => points(one.scoring, sql(one.amount)));
    const scored = layer([`greatest(0, ${gained.join("\n    + ")}\n    - ${lost.join("\n    - ")}) AS score`], inputs);
    const classed = layer([`${pre_class(subject)} AS pre_class`], scored);
    const cap = subject.cap;
    const order = cap.order.map((one) => `${one.column === "id" ? id : one.column}${one.is_descending ? " DESC" : ""}`);
    const ranked = layer([
        `sum(CASE WHEN pre_class >= ${cap.from} THEN 1 ELSE 0 END) OVER (PARTITION BY ${group}) AS good_or_better`,
        `row_number() OVER (PARTITION BY ${group} ORDER BY pre_class DESC, ${order.join(", ")}) AS place`,
    ], classed);
    const is_over = `pre_class = ${cap.capped} AND place > good_or_better * ${cap.percent} // 100`;
    return layer([`CASE WHEN ${is_over} THEN ${cap.below} ELSE pre_class END AS final_class`], ranked);
}

function with_reasons(subject, source) {
    const found = layer(subject.reasons.map((one) => `final_class <> 0 AND ${sql(one.when)} AS ${one.column}`), source);
    const bits = subject.reasons.map((one) => `CASE WHEN ${one.column} THEN ${one.bit} ELSE 0 END`);
    return layer([`${bits.join(" + ")} AS weak_bits`, `${sql(subject.weak_when)} AS is_weak`], found);
}

const total = (one) => {
    const amount = sql(one.amount);
    return `CAST(sum(${one.where ? `CASE WHEN ${sql(one.where)} THEN ${amount} ELSE 0 END` : amount}) AS BIGINT)`;
};

function member_steps(job) {
    const facts = job.member_facts.map((one) => `CAST(${one} AS INTEGER) AS ${one}`);
    const source = `SELECT member_id, cell_id, ${facts.join(", ")} FROM member_year`;
    const sums = (wanted, table) => {
        const columns = job.member_sums.filter(wanted).map((one) => `${total(one)} AS ${one.column}`);
        return `(SELECT cell_id, ${columns.join(", ")} FROM ${table} GROUP BY cell_id)`;
    };
    return [
        `CREATE OR REPLACE TABLE member_result AS SELECT member_id, cell_id, score, pre_class, final_class
            FROM (${judged(job.member, source, "member_id", "cell_id")})`,
        `CREATE OR REPLACE TABLE gathered AS SELECT *
            FROM ${sums(needs_results, "member_result")} JOIN ${sums((one) => !needs_results(one), "member_year")} USING (cell_id)`,
    ];
}

const filled = (columns) => columns.map((one) => `CAST(coalesce(${one}, 0) AS BIGINT) AS ${one}`);

// What a unit adds itself to the sum that its subtree carries, or nothing.
function own_part(sum, kind) {
    const where = sum.where && with_known(sum.where, { kind });
    if (where?.op === "number" && where.value === 0) return undefined;
    const amount = sql(sum.amount);
    return where && where.op !== "number" ? `CASE WHEN ${sql(where)} THEN ${amount} ELSE 0 END` : amount;
}

function carried_columns(job, kind, is_lowest) {
    return job.carried.map((one) => {
        const below = one.over === "members" || !is_lowest ? one.column : undefined;
        const own = one.over === "units" ? own_part(one, kind) : undefined;
        return `${[below, own].filter(Boolean).join(" + ") || "0"} AS ${one.column}`;
    });
}

function level_steps(job, { kind, subject }, is_lowest) {
    const carried = job.carried.map((one) => one.column);
    const below = is_lowest
        ? "gathered AS below ON below.cell_id = units.unit_id"
        : `(SELECT parent_id AS of_unit, ${[...job.child_sums, ...carried.map((one) => ({ column: one, amount: { op: "name", name: one } }))]
              .map((one) => `${total(one)} AS ${one.column}`).join(", ")}
            FROM unit_done WHERE parent_id IN (SELECT unit_id FROM units WHERE kind = ${kind}) GROUP BY parent_id) AS below
           ON below.of_unit = units.unit_id`;
    const gathered = is_lowest ? job.member_sums.map((one) => one.column) : [...job.child_sums.map((one) => one.column), ...carried];
    const names = is_lowest ? job.member_names : job.subtree_names;
    const renamed = names.map((one) => `CAST(coalesce(${one.sum}, 0) AS BIGINT) AS ${one.column}`);
    const facts = job.unit_facts.map((one) => `CAST(unit_year.${one} AS BIGINT) AS ${one}`);
    const source = `SELECT units.unit_id, units.parent_id, units.kind, ${[...facts, ...filled(gathered), ...renamed].join(", ")}
        FROM units JOIN unit_year ON unit_year.unit_id = units.unit_id LEFT JOIN ${below} WHERE units.kind = ${kind}`;
    const place = "unit_id, parent_id";
    const sums = carried_columns(job, kind, is_lowest).join(", ");
    if (!subject)
        return [`INSERT INTO unit_done SELECT ${place}, 0, 0, ${sums} FROM (SELECT *, FALSE AS is_weak, 0 AS final_class FROM (${source}))`];
    const results = "score, pre_class, final_class, weak_bits, is_weak";
    return [
        `CREATE OR REPLACE TEMP TABLE level AS SELECT ${place}, kind, ${results}, ${sums}
            FROM (${with_reasons(subject, judged(subject, source, "unit_id", "parent_id"))})`,
        `INSERT INTO unit_result SELECT unit_id, kind, ${results} FROM level`,
        `INSERT INTO unit_done SELECT ${place}, final_class, score, ${carried.join(", ")} FROM level`,
    ];
}

// Statements that make the tables of the facts.
export function table_statements(job) {
    const narrow = (columns) => columns.map((one) => `${one} SMALLINT`).join(", ");
    return [
        "CREATE TABLE units (unit_id INTEGER, parent_id INTEGER, kind INTEGER)",
        `CREATE TABLE unit_year (unit_id INTEGER, ${narrow(job.unit_facts)})`,
        `CREATE TABLE member_year (member_id INTEGER, cell_id INTEGER, ${narrow(job.member_facts)})`,
    ];
}

// Statements from the facts to member_result, unit_result, unit_done (the roll-up) and weak_list.
export function job_statements(job) {
    return [
        ...member_steps(job),
        `CREATE OR REPLACE TABLE unit_result (unit_id INTEGER, kind INTEGER, score BIGINT, pre_class INTEGER, final_class INTEGER,
            weak_bits INTEGER, is_weak BOOLEAN)`,
        `CREATE OR REPLACE TABLE unit_done (unit_id INTEGER, parent_id INTEGER, final_class INTEGER, score BIGINT,
            ${job.carried.map((one) => `${one.column} BIGINT`).join(", ")})`,
        ...job.levels.flatMap((level, i) => level_steps(job, level, i === 0)),
        `CREATE OR REPLACE TABLE weak_list AS SELECT row_number() OVER (ORDER BY kind, score, unit_id) AS place, unit_id, score, weak_bits
            FROM unit_result WHERE is_weak`,
    ];
}

// A query with a row for each table of results: its name, its number of rows and its checksum.
export function checksum_query(job) {
    const one = (table, from, columns) => {
        const first = `CAST(${columns[0]} AS BIGINT) + 1`;
        const hash = columns.slice(1).reduce((so_far, column) => `((${so_far}) * 1000033 + ${column} + 1) % 2147483647`, first);
        return `SELECT '${table}', count(*), CAST(coalesce(sum(${hash}), 0) AS BIGINT) FROM ${from}`;
    };
    return [
        one("member", "member_result", ["member_id", "cell_id", "score", "pre_class", "final_class"]),
        one("unit", "unit_result", ["unit_id", "score", "pre_class", "final_class", "weak_bits"]),
        one("rollup", "unit_done", ["unit_id", ...job.counters]),
        one("weak", "weak_list", ["place", "unit_id", "score", "weak_bits"]),
    ].join(" UNION ALL ");
}
