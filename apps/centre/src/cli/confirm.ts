/** The last question before a signature: asked at the terminal, or answered beforehand by whoever holds the key. */
import { createInterface } from "node:readline/promises";

/** True signs. Where nobody can be asked the answer is no. */
export async function confirmAtTerminal(answered: boolean, what = "this text"): Promise<boolean> {
  if (answered) return true;
  if (!process.stdin.isTTY) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`Type "sign" to sign ${what}, anything else to refuse: `);
    return answer.trim().toLowerCase() === "sign";
  } finally {
    reader.close();
  }
}
