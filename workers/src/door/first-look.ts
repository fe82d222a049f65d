// The first look at an original's pixels: whether they can be shown, how large, and what stands for them until they have loaded.
import type { SourceFormat } from "../../../schema/facts.ts";
import { Damage } from "../../formats/damage.ts";
import { ApiError } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import type { Looked, LookQuestion } from "../../shared/looked.ts";
import { answeredSizes } from "../plan/answered-sizes.ts";
import { defaultLimits } from "../plan/plan.ts";
import { originalFactsSchema } from "../plan/stored-facts.ts";
import { isReadable } from "../plan/traits.ts";
import { lookAtAll, placeholderOf } from "../render/placeholder.ts";
import type { AnonymousBudgetEnv } from "./anonymous-budget.ts";
import { spendLook } from "./budgets.ts";
import { gate } from "./gate.ts";
import { bytesOf } from "./original.ts";
import { sentenceOf } from "./refusal.ts";
import { ENGINE } from "./version.ts";

/** Readers that show whatever a browser would: where they find no row, there is none. Others can't tell what is broken from what is strange. */
const tellGarbage: ReadonlySet<SourceFormat> = new Set(["jpg", "png", "gif", "webp", "ico"]);

type LookEnv = Pick<SrcEnv, "ORIGINALS"> & AnonymousBudgetEnv;

/** Never throws: what says nothing of the picture is logged. */
export async function firstLook(env: LookEnv, question: LookQuestion): Promise<Looked> {
  const facts = originalFactsSchema.parse(JSON.parse(question.facts));
  const { format, bytes } = question;
  if (!isReadable(facts.format)) return unreadable("The picture is of a kind that is only served as it is.");
  const planned = { format, transformable: true, bytes, facts, hiddenMetadata: "strip" } as const;
  const sizesOf = (isDamaged: boolean) => answeredSizes({ ...planned, isDamaged }, defaultLimits);
  const whole = sizesOf(false);
  if ("kind" in whole) return unreadable(whole.reason);
  try {
    const source = { format: facts.format, facts, bytes };
    const job = lookAtAll(source);
    const afterSeconds = job && (await spendLook(env, question, job.cpuMs));
    if (afterSeconds !== undefined) return { outcome: "later", afterSeconds };
    const seen =
      job && (await placeholderOf(source, bytesOf(env.ORIGINALS, question), job, gate.run.bind(gate)));
    if (!seen) return unreadable("The picture needs more memory or time than there is for one job.");
    const { thumbhash, color, isDamaged } = seen;
    // The plain URL may be rendered now, too.
    const sizes = isDamaged ? sizesOf(true) : whole;
    if ("kind" in sizes) return { outcome: "garbage", engine: ENGINE, reason: sizes.reason };
    return { outcome: "shown", engine: ENGINE, isDamaged, placeholder: { thumbhash, color }, sizes };
  } catch (thrown) {
    if (thrown instanceof Damage) return isGarbage(facts.format, thrown) ? garbage(thrown) : strange(thrown);
    if (thrown instanceof ApiError && thrown.code === "overloaded") return { outcome: "later" };
    logError("a first look failed", thrown, { image: question.id });
    return { outcome: "failed" };
  }
}

function isGarbage(format: SourceFormat, { code }: Damage): boolean {
  return tellGarbage.has(format) && (code === "damaged" || code === "truncated");
}

const unreadable = (reason: string) => ({ outcome: "unreadable", engine: ENGINE, reason }) as const;
const strange = ({ message }: Damage) => unreadable(`The picture can't be rendered: ${message}.`);
const garbage = ({ message }: Damage) =>
  ({ outcome: "garbage", engine: ENGINE, reason: sentenceOf(message) }) as const;
