/** Which network addresses a webhook may go to: a centre must not be made to speak to what stands behind its own walls. */
import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from "node:dns";
import { BlockList, isIP } from "node:net";

/** Networks that are not the Internet: IANA's special-purpose registries (RFC 6890 and what followed). */
const IPV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;
const IPV6 = [
  ["::", 127],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const;

const special4 = new BlockList();
for (const [network, prefix] of IPV4) special4.addSubnet(network, prefix, "ipv4");
const special6 = new BlockList();
for (const [network, prefix] of IPV6) special6.addSubnet(network, prefix, "ipv6");

/** Whether an address belongs to the Internet at large. An address written into another one is not taken for that one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special4.check(address, "ipv4");
  return family === 6 && !special6.check(address, "ipv6");
}

type Callback = (error: Error | null, address: LookupAddress[] | string, family?: number) => void;

/**
 * Looks a name up and gives the connection only addresses that are public, so that what was checked is what is connected to.
 * Fails where one of a name's addresses is not: such a name changes its mind.
 */
export function lookupPublic(hostname: string, options: LookupAllOptions, callback: Callback): void {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const inside = addresses.find(({ address }) => !isPublicAddress(address));
    if (inside || addresses.length === 0) return callback(new Error("an address inside, refused"), []);
    const [first] = addresses;
    return options.all ? callback(null, addresses) : callback(null, first!.address, first!.family);
  });
}
