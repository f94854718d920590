import { Refusal } from "@/app/ui/refusal";
import { authSentence } from "./words";

/**
 * Calls better-auth's HTTP door (`/api/auth` + path): GET without a body, POST with one. Answers what it says, which is typed by the
 * caller; throws Refusal when it refuses, and whatever `fetch` throws when nobody answers.
 */
export async function callAuth<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`/api/auth${path}`, {
    credentials: "same-origin",
    ...(body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(answer, response.status);
  return answer as T;
}

function refusal(answer: unknown, status: number): Refusal {
  const code = typeof answer === "object" && answer !== null && "code" in answer && typeof answer.code === "string" ? answer.code : undefined;
  return new Refusal(code ?? `http-${status}`, authSentence(code, status));
}
