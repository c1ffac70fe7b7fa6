export { canonicalJson } from "./canonical.ts";
export { cellOf, cellsOfBox } from "./cell.ts";
export { type LocalChange, type LocalStore, openLocalStore } from "./local-store.ts";
export { openStore, openStoreForReading, removeDatabase, type StoreOptions } from "./open-store.ts";
export type {
  PageRequest,
  RowFilter,
  Store,
  StoreBatch,
  StoredRow,
  StorePage,
  StorePosition,
  StoreReader,
  StoreTable,
  ViewChange,
} from "./store.ts";
export type { IndexedText, TextIndex } from "./text-index.ts";
