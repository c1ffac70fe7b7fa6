/** E-mail over SMTP (RFC 5321). The message's id is the Message-ID, so that one who gets it twice knows. */
import { readFileSync } from "node:fs";
import type { OutgoingText } from "@openjmc/report";
import { createTransport } from "nodemailer";
import type { SmtpServer } from "./addresses.ts";
import type { Sent } from "./sent.ts";
import { plainDetail } from "./webhook.ts";

const TIMEOUT_MILLISECONDS = 20_000;

export interface Email extends OutgoingText {
  readonly id: string;
  readonly to: string;
  /** Name of the log; the right half of the Message-ID. */
  readonly origin: string;
  readonly sent: Date;
}

/** Hands it to the operator's server once. Never throws: what went wrong is in the answer. */
export async function sendEmail(email: Email, server: SmtpServer): Promise<Sent> {
  try {
    const transport = createTransport({
      host: server.host,
      port: server.port,
      secure: server.security === "tls",
      requireTLS: server.security === "starttls",
      ignoreTLS: server.security === "none",
      ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password ?? "" } }),
      ...(server.ca === undefined ? {} : { tls: { ca: readFileSync(server.ca) } }),
      connectionTimeout: TIMEOUT_MILLISECONDS,
      greetingTimeout: TIMEOUT_MILLISECONDS,
      socketTimeout: TIMEOUT_MILLISECONDS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { accepted, response } = await transport.sendMail({
      from: server.from,
      to: email.to,
      subject: email.subject,
      text: email.text,
      messageId: `<${email.id}@${email.origin}>`,
      date: email.sent,
      headers: { "X-OpenJMC-Message": email.id, "Auto-Submitted": "auto-generated" },
    });
    return { isAccepted: accepted.length > 0, detail: plainDetail(response) };
  } catch (error) {
    return { isAccepted: false, detail: plainDetail((error as Error).message) };
  }
}
