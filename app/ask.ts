import { failureOf } from "@/app/api/failure";
import { Refusal } from "@/app/ui/refusal";

/** Awaits an answer of the API; its refusals become `Refusal`, which forms and pages know how to show. */
export async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const failure = failureOf(error);
    throw failure === undefined ? error : new Refusal(failure.code, failure.sentence);
  }
}
