import type { Endpoint } from "../endpoint.ts";
import { openMqttWire } from "./mqtt-wire.ts";
import { openSeedLinkServerWire } from "./seedlink-server-wire.ts";
import { openTcpClientWire } from "./tcp-client-wire.ts";
import { openTcpServerWire } from "./tcp-server-wire.ts";
import { openUdpWire } from "./udp-wire.ts";
import type { Wire } from "./wire.ts";

/** Opens the wire of an endpoint; one that listens says on which port. */
export async function openWire(
  source: string,
  endpoint: Endpoint,
): Promise<{ readonly wire: Wire; readonly port?: number }> {
  if ("mqttUrl" in endpoint) return { wire: openMqttWire(source, endpoint) };
  if ("udpHost" in endpoint) return { wire: openUdpWire(endpoint.udpHost, endpoint.udpPort) };
  if ("host" in endpoint) return { wire: openTcpClientWire(endpoint.host, endpoint.port) };
  if ("seedLinkPort" in endpoint) {
    const server = await openSeedLinkServerWire(source, endpoint);
    return { wire: server, port: server.port };
  }
  const wire = await openTcpServerWire(source, endpoint.listenPort);
  return { wire, port: wire.port };
}
