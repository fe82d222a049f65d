// The first look at an original's pixels: whether they can be shown, how large, and what stands for them until they have loaded. What is slow to
// decode is not decoded for this alone: its master is made in the same go.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { Damage } from "../../formats/damage.ts";
import { ApiError } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import type { Looked, LookQuestion } from "../../shared/looked.ts";
import { answeredSizes } from "../plan/answered-sizes.ts";
import { leftoversOf } from "../plan/claims.ts";
import { factsOfMaster, type Master, type MasterPlan, masterFor, mayBeDrawing } from "../plan/master.ts";
import { defaultLimits } from "../plan/plan.ts";
import type { JobSource } from "../plan/price.ts";
import { originalFactsSchema } from "../plan/stored-facts.ts";
import { isReadable } from "../plan/traits.ts";
import { makeMaster, streamOfMaster } from "../render/master-file.ts";
import { lookAtAll, lookWithin, placeholderOf, type SeenPixels } from "../render/placeholder.ts";
import type { AnonymousBudgetEnv } from "./anonymous-budget.ts";
import { spendLook } from "./budgets.ts";
import { gate } from "./gate.ts";
import { areMastersOn, storeMaster } from "./masters.ts";
import { bytesOf } from "./original.ts";
import { sentenceOf } from "./refusal.ts";
import { ENGINE } from "./version.ts";

/** Readers that show whatever a browser would: where they find no row, there is none. Others can't tell what is broken from what is strange. */
const tellGarbage: ReadonlySet<SourceFormat> = new Set(["jpg", "png", "gif", "webp", "ico"]);

type LookEnv = Pick<SrcEnv, "ORIGINALS" | "MASTERS"> & AnonymousBudgetEnv;

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
    const work = workFor(source, areMastersOn(env));
    const afterSeconds = work && (await spendLook(env, question, work.cpuMs));
    if (afterSeconds !== undefined) return { outcome: "later", afterSeconds };
    const looked = work && (await look(env.ORIGINALS, question, source, work));
    if (!looked) return unreadable("The picture needs more memory or time than there is for one job.");
    const { thumbhash, color, isDamaged, master, isMasterOwed } = looked;
    // The plain URL may be rendered now, too.
    const sizes = isDamaged ? sizesOf(true) : whole;
    if ("kind" in sizes) return { outcome: "garbage", engine: ENGINE, reason: sizes.reason };
    const shown = {
      outcome: "shown",
      engine: ENGINE,
      isDamaged,
      placeholder: { thumbhash, color },
      sizes,
    } as const;
    return { ...shown, ...(master && { master }), ...(isMasterOwed && { isMasterOwed }) };
  } catch (thrown) {
    if (thrown instanceof Damage) return isGarbage(facts.format, thrown) ? garbage(thrown) : strange(thrown);
    if (thrown instanceof ApiError && thrown.code === "overloaded") return { outcome: "later" };
    logError("a first look failed", thrown, { image: question.id });
    return { outcome: "failed" };
  }
}

interface Work {
  readonly look: NonNullable<ReturnType<typeof lookAtAll>>;
  /** Of a picture that may be a drawing, as it is made unless it is one. */
  readonly master: MasterPlan | null;
  readonly cpuMs: number;
}

/** Undefined where not even a look fits within the limits of a job. */
function workFor(source: JobSource, areMastersOn: boolean): Work | undefined {
  const master = areMastersOn ? masterFor(source, false, defaultLimits) : null;
  const close = master && mayBeDrawing(source) ? lookAtAll(source, true) : undefined;
  const look = close ?? lookAtAll(source);
  return look && { look, master, cpuMs: look.cpuMs + (master?.cpuMs ?? 0) };
}

type Seen = SeenPixels & { readonly master?: Master; readonly isMasterOwed?: true };

async function look(
  bucket: R2Bucket,
  question: LookQuestion,
  source: JobSource,
  { look, master: plan }: Work,
): Promise<Seen> {
  const bytes = bytesOf(bucket, question);
  const admit = gate.run.bind(gate);
  const seen = () => placeholderOf(source, bytes, look, admit);
  if (!plan) return seen();
  if (!mayBeDrawing(source))
    return (await withMaster(bucket, question, source, plan, bytes)) ?? (await seen());
  const first = await seen();
  const settled = first.isDrawing ? masterFor(source, true, defaultLimits) : plan;
  if (!settled || first.isDamaged) return first;
  // It has been seen: whatever is wrong now is no matter of the picture.
  const made = await withMaster(bucket, question, source, settled, bytes).catch((error: unknown) => {
    logError("a master could not be made", error, { image: question.id });
    return undefined;
  });
  return made ? { ...made, ...first } : first;
}

/** The master, stored, and what is seen of it; undefined where there is to be none. */
async function withMaster(
  bucket: R2Bucket,
  question: LookQuestion,
  source: JobSource,
  plan: MasterPlan,
  bytes: Bytes,
): Promise<Seen | undefined> {
  const { facts } = source;
  const made = await gate.run(
    { ...plan, ...leftoversOf(plan, source.format, null, source.bytes) },
    async () => {
      const file = await makeMaster(plan, bytes, facts);
      if (!file) return undefined;
      const from = {
        format: plan.format,
        facts: factsOfMaster({ format: plan.format, ...plan.size }, facts),
        bytes: file.bytes,
      };
      const cost = lookAtAll(from);
      return (
        cost && {
          file,
          seen: await lookWithin(from, { ...bytes, stream: async () => streamOfMaster(file) }, cost),
        }
      );
    },
  );
  if (!made) return undefined;
  const master = await storeMaster(bucket, question, plan, made.file);
  return { ...made.seen, ...(master ? { master } : { isMasterOwed: true }) };
}

function isGarbage(format: SourceFormat, { code }: Damage): boolean {
  return tellGarbage.has(format) && (code === "damaged" || code === "truncated");
}

const unreadable = (reason: string) => ({ outcome: "unreadable", engine: ENGINE, reason }) as const;
const strange = ({ message }: Damage) => unreadable(`The picture can't be rendered: ${message}.`);
const garbage = ({ message }: Damage) =>
  ({ outcome: "garbage", engine: ENGINE, reason: sentenceOf(message) }) as const;
