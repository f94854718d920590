"use client";
import { useState } from "react";
import { Password } from "./password";
import { SecondStep } from "./second-step";

/** Signing in to an account of one's own, in one or two steps. `quiet` where the demo people come first. */
export function Account({ quiet }: { quiet: boolean }) {
  const [step, setStep] = useState<"password" | "code">("password");
  return step === "password" ? <Password quiet={quiet} onSecondStep={() => setStep("code")} /> : <SecondStep onBack={() => setStep("password")} />;
}
