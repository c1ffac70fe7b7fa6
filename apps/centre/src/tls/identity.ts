/** Who one end of a TLS connection is, and whom it trusts: PEM. Without `ca` the system's authorities are trusted. */
export interface TlsIdentity {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}
