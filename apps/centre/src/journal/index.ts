export {
  Journal,
  type JournalEntry,
  type JournalOptions,
  JournalReader,
  openJournal,
  openJournalReader,
} from "./journal.ts";
export { CENTRE_SOURCE, type MinuteDigest, type SourceDigest, sealedBodyOf } from "./minute-digest.ts";
export { type Disposition, JOURNAL_KINDS, type JournalKind, type JournalRecord } from "./record-codec.ts";
