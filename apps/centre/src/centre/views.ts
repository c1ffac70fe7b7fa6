/** The views, put together: the store, who writes it and who reads it. */
import { Projector } from "../projection/projector.ts";
import { VIEW_SCHEMA } from "../projection/rows.ts";
import { openStore, type Store, type StoreOptions } from "../store/index.ts";
import type { Foundation } from "./foundation.ts";

export interface Views {
  readonly store: Store;
  readonly projector: Projector;
  /** Where they lie, for who reads them by another connection. */
  readonly where: StoreOptions;
}

export async function openViews({ options, paths, closers, logger }: Foundation): Promise<Views> {
  const where: StoreOptions =
    options.postgresUrl === undefined
      ? { file: paths.projection, viewSchema: VIEW_SCHEMA }
      : { postgresUrl: options.postgresUrl, viewSchema: VIEW_SCHEMA };
  const store = closers.keep(await openStore(where));
  const projector = new Projector(store, (fault) => logger.error({ fault: fault.fault }, "projection"));
  closers.add(() => projector.flush());
  return { store, projector, where };
}
