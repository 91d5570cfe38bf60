// The reference job as a chain of Polars queries: level by level from the cells up.
import pl from "nodejs-polars";
import { needs_results } from "./rulebook.mjs";
import { Cap, Expressions } from "./polars_expressions.mjs";

const with_layers = (table, layers) => layers.reduce((so_far, columns) => so_far.withColumns(...columns), table);
const filled = (columns) => columns.map((one) => pl.col(one).fillNull(pl.lit(0).cast(pl.Int64)).alias(one));

class Members {
    constructor(job) {
        const expressions = new Expressions(pl.Int32);
        const tie_break = job.member.cap.order.map((one) => one.column).filter((one) => one !== "id");
        this.kept = [...new Set(["member_id", "cell_id", "score", "pre_class", ...tie_break])];
        this.layers = expressions.judging(job.member);
        this.cap = new Cap(job.member.cap, "member_id", "cell_id");
        const sums = (wanted) => job.member_sums.filter(wanted).map((one) => expressions.total(one));
        this.sums_of_results = sums(needs_results);
        this.sums_of_facts = sums((one) => !needs_results(one));
    }

    judge(member_year) {
        const judged = with_layers(member_year.lazy(), this.layers).select(...this.kept).collectSync();
        return this.cap.apply(judged).select("member_id", "cell_id", "score", "pre_class", "final_class").collectSync();
    }

    gather(member_result, member_year) {
        const results = member_result.lazy().groupBy("cell_id").agg(...this.sums_of_results);
        const facts = member_year.lazy().groupBy("cell_id").agg(...this.sums_of_facts);
        return results.join(facts, { on: "cell_id" }).collectSync();
    }
}

// The expressions of a subject; several kinds of units share them.
const known = new Map();
function rules_of_units(subject) {
    if (!known.has(subject)) {
        const expressions = new Expressions(pl.Int64);
        known.set(subject, {
            judging: expressions.judging(subject),
            cap: new Cap(subject.cap, "unit_id", "parent_id"),
            weakness: expressions.weakness(subject),
        });
    }
    return known.get(subject);
}

class Level {
    constructor(job, { kind, subject }, is_lowest) {
        const expressions = new Expressions(pl.Int64);
        const carried = job.carried.map((one) => one.column);
        this.subject = subject;
        this.is_lowest = is_lowest;
        this.of_kind = pl.col("kind").eq(pl.lit(kind).cast(pl.Int32));
        this.below_kind = pl.col("parent_kind").eq(pl.lit(kind).cast(pl.Int32));
        this.sums_below = [...job.child_sums.map((one) => expressions.total(one)), ...carried.map((one) => pl.col(one).sum().alias(one))];
        this.filled = filled(is_lowest ? job.member_sums.map((one) => one.column) : [...job.child_sums.map((one) => one.column), ...carried]);
        this.renamed = (is_lowest ? job.member_names : job.subtree_names).map((one) => pl.col(one.sum).alias(one.column));
        const zero = pl.lit(0).cast(pl.Int64);
        const sums = job.carried.map((one) => {
            const below = one.over === "members" || !is_lowest ? pl.col(one.column) : undefined;
            const own = one.over === "units" ? expressions.own_part(one, kind) : undefined;
            return (below && own ? below.add(own.cast(pl.Int64)) : (below ?? own?.cast(pl.Int64) ?? zero)).alias(one.column);
        });
        this.done = ["unit_id", "parent_id", "parent_kind", "final_class", "score", ...sums];
        if (!subject) {
            const small = (value, name) => pl.lit(value).cast(pl.Int32).alias(name);
            this.unjudged = [[small(0, "score"), small(0, "final_class"), pl.lit(false).alias("is_weak")]];
            return;
        }
        this.rules = rules_of_units(subject);
    }

    // Returns undefined when no unit is of this kind. `units` has the facts; `done` are the levels below.
    judge(units, gathered, done) {
        const of_kind = units.filter(this.of_kind);
        if (of_kind.height === 0) return undefined;
        const below = this.is_lowest ? gathered.lazy()
            : pl.concat(done).filter(this.below_kind).lazy().groupBy("parent_id").agg(...this.sums_below);
        const same_unit = { leftOn: "unit_id", rightOn: this.is_lowest ? "cell_id" : "parent_id", how: "left" };
        let table = of_kind.lazy().join(below, same_unit).withColumns(...this.filled);
        if (this.renamed.length) table = table.withColumns(...this.renamed);
        if (!this.subject) return { done: with_layers(table, this.unjudged).select(...this.done).collectSync() };
        const capped = this.rules.cap.apply(with_layers(table, this.rules.judging).collectSync());
        const level = with_layers(capped, this.rules.weakness).collectSync();
        return {
            results: level.select("unit_id", "kind", "score", "pre_class", "final_class", "weak_bits", "is_weak"),
            done: level.select(...this.done),
        };
    }
}

export class Job {
    constructor(rules) {
        this.members = new Members(rules);
        this.levels = rules.levels.map((level, i) => new Level(rules, level, i === 0));
        this.is_weak = pl.col("is_weak");
        this.place = pl.col("row").cast(pl.Int64).add(pl.lit(1).cast(pl.Int64)).alias("place");
    }

    // `units` has unit_id, parent_id, kind and parent_kind; the other two the facts of the year.
    run(units, unit_year, member_year) {
        const member_result = this.members.judge(member_year);
        const gathered = this.members.gather(member_result, member_year);
        const with_facts = units.join(unit_year, { on: "unit_id" });
        const results = [];
        const done = [];
        for (const level of this.levels) {
            const judged = level.judge(with_facts, gathered, done);
            if (!judged) continue;
            if (judged.results) results.push(judged.results);
            done.push(judged.done);
        }
        const unit_result = pl.concat(results);
        const weak_list = unit_result.filter(this.is_weak).sort(["kind", "score", "unit_id"]).withRowIndex("row").withColumns(this.place);
        return { member_result, unit_result, rollup: pl.concat(done), weak_list };
    }
}
