// A D1 binding that adds up the rows that statements read and wrote, as D1 bills them.

export interface Rows {
  read: number;
  written: number;
}

export interface CountedDatabase {
  readonly database: D1Database;
  readonly rows: Readonly<Rows>;
}

/** The same database; `rows` grows with every statement that runs on it. */
export function countRows(database: D1Database): CountedDatabase {
  const rows: Rows = { read: 0, written: 0 };
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  function note<Result extends D1Result<unknown>>(result: Result): Result {
    rows.read += result.meta.rows_read;
    rows.written += result.meta.rows_written;
    return result;
  }

  function counted(statement: D1PreparedStatement): D1PreparedStatement {
    const proxy = replace(statement, {
      bind: (...values: readonly unknown[]) => counted(statement.bind(...values)),
      all: async () => note(await statement.all()),
      run: async () => note(await statement.run()),
      // Raw answers come without counts, so what reads is asked twice. No raw statement of ours writes.
      raw: async () => {
        note(await statement.all());
        return statement.raw();
      },
    });
    originals.set(proxy, statement);
    return proxy;
  }

  const proxy = replace(database, {
    prepare: (query: string) => counted(database.prepare(query)),
    batch: async (statements: readonly D1PreparedStatement[]) => {
      const results = await database.batch(statements.map((one) => originals.get(one) ?? one));
      return results.map(note);
    },
  });
  return { database: proxy, rows };
}

/** The same object with some methods in other hands. */
function replace<T extends object>(target: T, methods: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get(object, name) {
      if (typeof name === "string" && name in methods) return methods[name];
      const member: unknown = Reflect.get(object, name);
      return typeof member === "function" ? member.bind(object) : member;
    },
  });
}
