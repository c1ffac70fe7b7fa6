// Command verifier-go checks a record of a joint monitoring centre from its files alone. It shares no code with the
// centre: it is written from the formats (tlog-tiles, signed-note, tlog-cosignature, tlog-policy, tlog-proof, DSSE,
// RFC 8785) and from the statement profile, and builds from the packages of a Debian system, without a network.
//
// Usage: verifier-go [-bare] [-seen FILE]... DIR
//
//	verifier-go -kinds
//
// DIR holds checkpoint, log.vkey, perhaps cosigners.vkey and policy, and tile/. The answer is one JSON object; the exit
// code is 0 if everything holds, 1 if something does not, 2 if nothing could be read. With -bare the entries are not taken
// for statements: only the tree is checked. With -kinds it tells which kinds of statement it knows, and who may sign each.
package main
