// What a list asks for, as SQL: candidates in order straight from an index, and what is wanted of them.
import { type SQL, sql } from "drizzle-orm";
import { areAlive } from "../../../shared/alive.ts";

/** Where a page begins: behind this image. */
export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

export interface LabelFilter {
  readonly key: string;
  /** Any of these. */
  readonly values: readonly string[];
}

export interface ListQuery {
  readonly accountId: string;
  readonly limit: number;
  readonly order: "desc" | "asc";
  readonly after: Position | undefined;
  /** All of these. */
  readonly labels: readonly LabelFilter[];
  readonly isPublic: boolean | undefined;
  /** Part of a filename or caption; upper and lower case of ASCII letters are the same. */
  readonly text: string | undefined;
}

/** Ids of images that may be on the page, in order. The first label narrows them; further filters come later. */
export function candidates(query: ListQuery): SQL {
  const [label] = query.labels;
  const direction = sql.raw(query.order);
  const ranges = label
    ? label.values.map((value) => labelRange(query, label.key, value))
    : [imageRange(query)];
  // Each range is in order by its index, so that SQLite merges several without sorting.
  return sql`${sql.join(ranges, sql` union all `)} order by "createdAt" ${direction}, id ${direction}`;
}

/** Whether a candidate belongs on the page. */
export function wanted({ accountId, labels, isPublic, text }: ListQuery, now: number): SQL {
  const conditions = [
    sql`${areAlive(now)}`,
    ...(isPublic === undefined ? [] : [sql`images.public = ${Number(isPublic)}`]),
    ...(text === undefined ? [] : [sql`(${contains("filename", text)} or ${contains("caption", text)})`]),
    ...labels.slice(1).map(({ key, values }) => {
      const any = sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      );
      return sql`exists (select 1 from image_labels as other
        where other.account_id = ${accountId} and other.key = ${key} and other.value in (${any})
          and other.created_at = images.created_at and other.image_id = images.id)`;
    }),
  ];
  return sql.join(conditions, sql` and `);
}

function imageRange({ accountId, isPublic, after, order }: ListQuery): SQL {
  const publicly = isPublic === undefined ? sql`` : sql`and public = ${Number(isPublic)}`;
  return sql`select id, created_at as "createdAt" from images
    where account_id = ${accountId} ${publicly} ${behind(after, order, sql`(created_at, id)`)}`;
}

function labelRange({ accountId, after, order }: ListQuery, key: string, value: string): SQL {
  return sql`select image_id as id, created_at as "createdAt" from image_labels
    where account_id = ${accountId} and key = ${key} and value = ${value}
      ${behind(after, order, sql`(created_at, image_id)`)}`;
}

function behind(after: Position | undefined, order: "desc" | "asc", position: SQL): SQL {
  if (!after) return sql``;
  const comparison = sql.raw(order === "desc" ? "<" : ">");
  return sql`and ${position} ${comparison} (${after.createdAt}, ${after.id})`;
}

/** A plain substring: % and _ mean themselves. */
function contains(column: "filename" | "caption", text: string): SQL {
  return sql`instr(lower(images.${sql.raw(column)}), lower(${text})) > 0`;
}
