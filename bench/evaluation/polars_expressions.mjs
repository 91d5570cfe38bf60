// Turns a rulebook into Polars expressions. They are made once, before any timing: making one costs milliseconds.
import pl from "nodejs-polars";
import { with_known } from "./formula.mjs";

const COMPARE = { "<": "lt", "<=": "ltEq", ">": "gt", ">=": "gtEq", "=": "eq", "!=": "neq" };
const HIGHEST = 2_000_000_000;
const is_condition = (column) => column.startsWith("reason_") || column === "is_weak";

// Expressions whose numbers have one type: 32 bits are enough for a member, sums over units need 64.
export class Expressions {
    constructor(type) {
        this.type = type;
    }

    number(value) {
        return pl.lit(value).cast(this.type);
    }
    column(name) {
        return is_condition(name) ? pl.col(name) : pl.col(name).cast(this.type);
    }
    choose(condition, then, otherwise) {
        return pl.when(condition).then(then).otherwise(otherwise);
    }
    // floor(dividend / divisor) where the divisor is positive, `otherwise` where it is not.
    divided(dividend, divisor, otherwise) {
        const is_positive = divisor.gt(this.number(0));
        return [is_positive, dividend.div(this.choose(is_positive, divisor, this.number(1))), otherwise];
    }

    of(tree) {
        if (tree.op === "number") return this.number(tree.value);
        if (tree.op === "name") return this.column(tree.name);
        if (tree.op in COMPARE) return this.of(tree.parts[0])[COMPARE[tree.op]](this.of(tree.parts[1]));
        const parts = tree.parts.map((part) => this.of(part));
        const limit = tree.parts.find((part) => part.op === "number")?.value;
        const limited = parts[tree.parts.findIndex((part) => part.op !== "number")];
        switch (tree.op) {
            case "+": return parts[0].add(parts[1]);
            case "-": return parts[0].sub(parts[1]);
            case "*": return parts[0].mul(parts[1]);
            case "and": return parts.reduce((a, b) => a.and(b));
            case "or": return parts.reduce((a, b) => a.or(b));
            case "not": return parts[0].not();
            case "abs": return parts[0].abs();
            case "max": return limited.clip(limit, HIGHEST);
            case "min": return limited.clip(-HIGHEST, limit);
            case "ratio": {
                const [is_positive, quotient] = this.divided(parts[0].mul(this.number(10000)), parts[1]);
                return this.choose(is_positive, quotient.clip(0, 10000), parts[2]);
            }
            case "mean": {
                const [is_positive, quotient] = this.divided(parts[0].mul(parts[2]), parts[1]);
                return this.choose(is_positive, quotient, parts[3]);
            }
            default: throw new Error(`"${tree.op}" is not known here`);
        }
    }

    points(scoring, x) {
        if (scoring.way === "direct") return x;
        if (scoring.way === "steps")
            return scoring.steps.reduceRight(
                (above, [to, value]) => this.choose(x.ltEq(this.number(to)), this.number(value), above), this.number(scoring.otherwise));
        const corners = scoring.points;
        let sum = this.number(corners[0][1]);
        for (let i = 1; i < corners.length; ++i) {
            const [[x0, y0], [x1, y1]] = [corners[i - 1], corners[i]];
            const part = x.sub(this.number(x0)).clip(0, x1 - x0).mul(this.number(Math.abs(y1 - y0))).div(this.number(x1 - x0));
            sum = y1 < y0 ? sum.sub(part) : sum.add(part);
        }
        return sum;
    }

    // Layers of columns that add score and pre_class to a table of facts.
    judging(subject) {
        const inputs = subject.criteria.map((one) => this.of(one.input).alias(one.column));
        const gained = subject.criteria.map((one, i) => this.points(one.scoring, pl.col(one.column)).alias(`gained_${i}`));
        const lost = subject.deductions.map((one, i) => this.points(one.scoring, this.of(one.amount)).alias(`lost_${i}`));
        const sum = gained.map((_, i) => pl.col(`gained_${i}`)).reduce((a, b) => a.add(b));
        const rest = lost.reduce((left, _, i) => left.sub(pl.col(`lost_${i}`)), sum);
        const small = (value) => pl.lit(value).cast(pl.Int32);
        const score = pl.col("score");
        const reached = subject.thresholds.reduceRight(
            (below, one) => this.choose(score.gtEq(small(one.minimum)), small(one.number), below), small(subject.lowest));
        const decisions = [
            ...subject.not_classified.map((when) => [when, small(0)]),
            ...subject.class_when.map((one) => [one.when, small(one.number)]),
            ...subject.at_most.map((one) => [one.when, pl.col("reached").clip(0, one.number)]),
        ];
        const pre_class = decisions.reduceRight((rest_of, [when, value]) => this.choose(this.of(when), value, rest_of), pl.col("reached"));
        const score_column = rest.clip(0, HIGHEST).cast(pl.Int32).alias("score");
        return [inputs, [...gained, ...lost], [score_column], [reached.alias("reached")], [pre_class.alias("pre_class")]];
    }

    // Layers that add the reasons why a unit is weak, and whether it is.
    weakness(subject) {
        const is_classified = pl.col("final_class").gt(pl.lit(0).cast(pl.Int32));
        const reasons = subject.reasons.map((one) => is_classified.and(this.of(one.when)).alias(one.column));
        const bits = subject.reasons.map((one) => this.choose(pl.col(one.column), pl.lit(one.bit).cast(pl.Int32), pl.lit(0).cast(pl.Int32)));
        return [reasons, [bits.reduce((a, b) => a.add(b)).alias("weak_bits"), this.of(subject.weak_when).alias("is_weak")]];
    }

    // The sum of a group of rows.
    total(sum) {
        const amount = this.of(sum.amount);
        return (sum.where ? this.choose(this.of(sum.where), amount, this.number(0)) : amount).cast(pl.Int64).sum().alias(sum.column);
    }

    // What a unit adds itself to the sum that its subtree carries, or nothing.
    own_part(sum, kind) {
        const where = sum.where && with_known(sum.where, { kind });
        if (where?.op === "number" && where.value === 0) return undefined;
        const amount = this.of(sum.amount);
        return where && where.op !== "number" ? this.choose(this.of(where), amount, this.number(0)) : amount;
    }
}

// The cap of a subject: sorts whole groups, then lowers those beyond the limit.
export class Cap {
    constructor(cap, id, group) {
        this.by = [pl.col(group), pl.col("pre_class"), ...cap.order.map((one) => pl.col(one.column === "id" ? id : one.column))];
        this.descending = [false, true, ...cap.order.map((one) => one.is_descending)];
        const wide = (column) => pl.col(column).cast(pl.Int64);
        const small = (value) => pl.lit(value).cast(pl.Int32);
        this.ranks = [
            wide("row").sub(wide("row").min().over(group)).add(pl.lit(1).cast(pl.Int64)).alias("place"),
            pl.col("pre_class").gtEq(small(cap.from)).cast(pl.Int64).sum().over(group).alias("good_or_better"),
        ];
        const limit = pl.col("good_or_better").mul(pl.lit(cap.percent).cast(pl.Int64)).div(pl.lit(100).cast(pl.Int64));
        const is_over = pl.col("pre_class").eq(small(cap.capped)).and(pl.col("place").gt(limit));
        this.lowered = [pl.when(is_over).then(small(cap.below)).otherwise(pl.col("pre_class")).alias("final_class")];
    }

    // Adds final_class to a table with pre_class and score.
    apply(table) {
        return table.sort(this.by, this.descending).withRowIndex("row").lazy().withColumns(...this.ranks).withColumns(...this.lowered);
    }
}
