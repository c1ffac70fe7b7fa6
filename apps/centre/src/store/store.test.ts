import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { openStore } from "./index.ts";
import { storeOf } from "./sql-store.ts";
import { storeContract } from "./store.contract.ts";
import { pgliteEngine } from "./testing/pglite-engine.ts";
import { type PrivatePostgres, postgresBinaries, startPrivatePostgres } from "./testing/private-postgres.ts";

describe("store on SQLite", () => {
  let file = "";
  storeContract(async (reopen) => {
    if (reopen !== true) file = join(temporaryFolder(), "projection.db");
    return openStore({ file, viewSchema: 1 });
  });

  it("is made anew when the views' schema changed or the file is no database", async () => {
    const file = join(temporaryFolder(), "projection.db");
    const change = { view: "reports", change: "put", key: "k", at: 1, logIndex: 0, row: 1 } as const;
    const first = await openStore({ file, viewSchema: 1 });
    await first.apply([change]);
    await first.close();
    const second = await openStore({ file, viewSchema: 2 });
    expect([second.fresh, await second.count({ view: "reports" })]).toEqual([true, 0]);
    await second.close();
    writeFileSync(file, "this was a database once ".repeat(400));
    const third = await openStore({ file, viewSchema: 2 });
    expect(third.fresh).toBe(true);
    await third.close();
  });

  it("refuses clearly when there is no room, keeps what it has and goes on with what fits", async () => {
    const file = join(temporaryFolder(), "projection.db");
    const store = await openStore({ file, viewSchema: 1, maximumBytes: 1_200_000 });
    const put = (key: string, bytes: number) =>
      store.apply([{ view: "reports", change: "put", key, at: 1, logIndex: 0, row: "x".repeat(bytes) }]);
    await put("small", 1000);
    await expect(put("large", 3_000_000)).rejects.toThrow(/disk.full.*projection.db/);
    expect(await store.count({ view: "reports" })).toBe(1);
    await put("another", 1000);
    expect(await store.count({ view: "reports" })).toBe(2);
    await store.close();
  });

  it("says where it cannot open a file", async () => {
    const opening = openStore({ file: "/nowhere/at/all/projection.db", viewSchema: 1 });
    await expect(opening).rejects.toThrow(/file.forbidden.*\/nowhere/);
  });
});

describe("store on PGlite", () => {
  let database: PGlite;
  let schema = 0;
  beforeAll(async () => {
    database = await PGlite.create();
  });
  afterAll(() => database.close());
  storeContract(async (reopen) => {
    if (reopen !== true) schema += 1;
    return storeOf(await pgliteEngine(database, `contract_${schema}`), 1);
  });
});

const givenUrl = process.env.OPENJMC_TEST_PG_URL;
const binaries = postgresBinaries();
const available = givenUrl !== undefined || binaries !== undefined;
const missing = available ? "" : " (needs OPENJMC_TEST_PG_URL or Debian's postgresql)";

describe.skipIf(!available)(`store on PostgreSQL${missing}`, () => {
  let server: PrivatePostgres | undefined;
  let postgresUrl = givenUrl ?? "";
  let schema = 0;
  const nextSchema = (): string => `contract_${process.pid}_${++schema}`;
  beforeAll(async () => {
    if (givenUrl !== undefined || binaries === undefined) return;
    server = await startPrivatePostgres(binaries);
    postgresUrl = server.url;
  });
  afterAll(() => server?.stop());

  let current = "";
  storeContract(async (reopen) => {
    if (reopen !== true) current = nextSchema();
    return openStore({ postgresUrl, postgresSchema: current, viewSchema: 1 });
  });

  it("lets only one centre project into a schema", async () => {
    const postgresSchema = nextSchema();
    const first = await openStore({ postgresUrl, postgresSchema, viewSchema: 1 });
    await expect(openStore({ postgresUrl, postgresSchema, viewSchema: 1 })).rejects.toThrow("store.locked");
    await first.close();
    await (await openStore({ postgresUrl, postgresSchema, viewSchema: 1 })).close();
  });

  it("has the same hashes as SQLite over the same rows", async () => {
    const stores = [
      await openStore({ postgresUrl, postgresSchema: nextSchema(), viewSchema: 1 }),
      await openStore({ file: join(temporaryFolder(), "projection.db"), viewSchema: 1 }),
    ];
    const numbers = [0, -0, 1e21, 5e-324, 0.1 + 0.2, 46.12345678901234, -1 / 3, Number.MAX_SAFE_INTEGER];
    const hashes = [];
    for (const store of stores) {
      await store.apply({
        changes: numbers.map((n, key) => ({
          view: "tracks",
          change: "put",
          key: `ä${key}`,
          at: key,
          logIndex: key,
          row: { n },
        })),
        trackPoints: numbers.map((n, at) => ({
          track: "ş",
          at,
          lon: n,
          lat: -n,
          velocityEast: n / 7,
          velocityNorth: n,
        })),
      });
      hashes.push([await store.hash("tracks"), await store.hash("track-points")]);
      await store.close();
    }
    expect(hashes[0]).toEqual(hashes[1]);
  });

  it("says when there is no server, and goes on when a lost connection comes back", async () => {
    const nowhere = openStore({ postgresUrl: "postgresql://nobody@127.0.0.1:1/none", viewSchema: 1 });
    await expect(nowhere).rejects.toThrow("store.unreachable");
    const postgresSchema = nextSchema();
    const store = await openStore({ postgresUrl, postgresSchema, viewSchema: 1 });
    const change = { view: "alerts", change: "put", key: "k", at: 1, logIndex: 0, row: 1 } as const;
    await killConnections(postgresUrl, `openjmc ${postgresSchema}`);
    await expect
      .poll(
        async () =>
          store.apply([change]).then(
            () => "taken",
            () => "refused",
          ),
        { timeout: 60_000 },
      )
      .toBe("taken");
    expect(await store.count({ view: "alerts" })).toBe(1);
    await store.close();
  });
});

async function killConnections(url: string, applicationName: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const sql = "select pg_terminate_backend(pid) as killed from pg_stat_activity where application_name = $1";
  expect((await client.query(sql, [applicationName])).rowCount).toBeGreaterThan(0);
  await client.end();
}
