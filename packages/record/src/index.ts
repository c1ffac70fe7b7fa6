/** The joint record: canonical JSON, envelopes, notes, log, replay. The only door to this package. */
export * from "./archive/bag.ts";
export { type BagHash, checkBag } from "./archive/check.ts";
export * from "./archive/layout.ts";
export { checkBagPath } from "./archive/path.ts";
export * from "./archive/recorded.ts";
export { checkRecording, recordingPath } from "./archive/recordings.ts";
export { type Told, tell, tellEntries } from "./archive/tell.ts";
export {
  type ArchiveOptions,
  type ArchiveVerification,
  below,
  readAuthority,
  type StampedPoint,
  verifyArchive,
} from "./archive/verify.ts";
export * from "./bytes/base64.ts";
export * from "./bytes/bytes.ts";
export * from "./bytes/hex.ts";
export { hkdfSha256, hmacSha256 } from "./bytes/hmac.ts";
export { sha256 as plainSha256 } from "./bytes/sha256.ts";
export * from "./ed25519/profile.ts";
export * from "./ed25519/torsion.ts";
export * from "./envelope/envelope.ts";
export * from "./envelope/payload-type.ts";
export { attempt, type Fault, type FaultPlace, Refusal, type Result, refuse, unwrap } from "./fault.ts";
export { canonicalize, type Json } from "./json/canonical.ts";
export { MAXIMUM_DEPTH } from "./json/recognise.ts";
export { parseCanonical } from "./json/strict.ts";
export { isIdentifier } from "./json/text.ts";
export * from "./merkle/hash.ts";
export * from "./merkle/history.ts";
export * from "./merkle/range.ts";
export * from "./merkle/stretch.ts";
export * from "./merkle/subtree.ts";
export * from "./merkle/verify.ts";
export * from "./mirror/add-entries.ts";
export * from "./mirror/fork.ts";
export { bundlesToFetch, filesOfEntry, type MirrorStep, mirrorStep } from "./mirror/mirror.ts";
export * from "./note/checkpoint.ts";
export * from "./note/note.ts";
export * from "./note/signature.ts";
export * from "./note/vkey.ts";
export * from "./policy/cosigners.ts";
export { evaluatePolicy, type PolicyOutcome } from "./policy/evaluate.ts";
export { parsePolicy } from "./policy/parse.ts";
export * from "./policy/policy.ts";
export * from "./primitives.ts";
export { changesKeys, type LogKeyProof, logKeysOfProof, type ProvenEntry } from "./proof/log-key-proof.ts";
export { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from "./proof/tlog-proof.ts";
export * from "./redact/disclosure.ts";
export { type Concealed, conceal, reveal } from "./redact/redact.ts";
export type { Change } from "./replay/change.ts";
export { type Acceptance, checkLeaf, type Effect } from "./replay/check.ts";
export { ROOT_KEYS, ROOT_QUORUM } from "./replay/founding.ts";
export { possessionMessage } from "./replay/keys.ts";
export { logNoteKeys, mayLogKeySign } from "./replay/log-keys.ts";
export { NODE_ROLE } from "./replay/nodes.ts";
export { partyOf, partyRole } from "./replay/parties.ts";
export * from "./replay/replay.ts";
export { type AnchorGrade, type SealedPoint, SealedPoints } from "./replay/sealed-points.ts";
export {
  emptyState,
  type Founding,
  isSuspect,
  type JointAct,
  type JointSignature,
  type JointStatus,
  type KeyEntry,
  type LogKeyEntry,
  type Officer,
  officerName,
  type Quorum,
  type ReplayState,
  type RootClaim,
  subjectName,
} from "./replay/state.ts";
export type { Succession } from "./replay/succession.ts";
export * from "./seal/asker.ts";
export { type Disclosure, gatherDisclosure } from "./seal/disclosed.ts";
export * from "./seal/line.ts";
export { checkOpened, type SealedPlace } from "./seal/opened.ts";
export * from "./seal/room.ts";
export * from "./seal/shares.ts";
export * from "./statement/body.ts";
export * from "./statement/instant.ts";
export * from "./statement/kinds.ts";
export * from "./statement/leaf.ts";
export * from "./tiles/bundle.ts";
export * from "./tiles/list.ts";
export * from "./tiles/path.ts";
export * from "./tiles/released.ts";
export * from "./tiles/source.ts";
export * from "./tiles/writer.ts";
export {
  type Certificate,
  curveSignature,
  type KeyKind,
  readCertificate,
  readCertificates,
} from "./timestamp/certificate.ts";
export {
  type DigestName,
  judgeTokenLater,
  judgeTokenNow,
  type TokenAnswer,
  type TokenQuestion,
} from "./timestamp/judge.ts";
export { encodeTimestampRequest, stampedHash } from "./timestamp/request.ts";
export { readTimestampResponse, type TimestampToken } from "./timestamp/token.ts";
export type { RecordFinding } from "./verify/finding.ts";
export type { OpenedEntry, OpeningMeans, Openings } from "./verify/openings.ts";
export { type OwnCheckpoint, openOwnCheckpoint } from "./verify/own-note.ts";
export * from "./verify/reader.ts";
export * from "./verify/record.ts";
export { type ResealedBody, type Reseals, resealDigest, type Sha512 } from "./verify/reseal.ts";
export type { EntryVerdict, Story, ToldAct } from "./verify/story.ts";
export { comparePredecessor, type FoundingAcceptance, foundingAcceptance } from "./verify/succession.ts";
export type { Span, WatchTable } from "./verify/watch.ts";
export * from "./witness/messages.ts";
export * from "./witness/witness.ts";
