import { expect, test } from "vitest";
import { isSigned, signatureOf } from "./signature";

/** The vectors of Twilio's documentation and of the tests of its library for Node. */
const TOKEN = "12345";
const URL_ = "https://mycompany.com/myapp.php?foo=1&bar=2";
const CALL = new URLSearchParams({ CallSid: "CA1234567890ABCDE", Caller: "+14158675309", Digits: "1234", From: "+14158675309", To: "+18005551212" });
const of = (...pairs: [string, string][]) => new URLSearchParams(pairs);

test.each([
  ["the documented one", URL_, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ["https with a port, signed without", URL_.replace(".com", ".com:1234"), CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ["http with a port", URL_.replace("https", "http").replace(".com", ".com:1234"), CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="],
  ["https without a port, signed with 443", URL_, CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="],
  ["http without a port, signed with 80", URL_.replace("https", "http"), CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4="],
  ["a name and a password in it", "https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", CALL, "CukzLTc1tT5dXEDIHm/tKBanW10="],
  ["only a name in it", "https://user@mycompany.com/myapp.php?foo=1&bar=2", CALL, "2YRLlVAflCqxaNicjMpJcSTgzSs="],
  ["both, signed with 443", "https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", CALL, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="],
  ["characters that are not escaped", `${URL_}&Body=It's+amazing`, CALL, "dsq4Ehbj6cs+KdTkpF5sSSplOWw="],
  ["a name twice", URL_, of(["MessagingBinding.Address", "+1325xxxxxxx"], ["MessagingBinding.Address", "+1415xxxxxxx"]), "83O6e2vORAoJHUNzJjDWN1jz+BA="],
  [
    "the same in another order",
    URL_,
    of(["MessagingBinding.Address", "+1415xxxxxxx"], ["MessagingBinding.Address", "+1325xxxxxxx"]),
    "83O6e2vORAoJHUNzJjDWN1jz+BA=",
  ],
  [
    "a value twice, and names that begin alike",
    URL_,
    of(["Sid", "CA123"], ["SidAccount", "AC123"], ["Digits", "5678"], ["Digits", "1234"], ["Digits", "1234"]),
    "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
  ],
])("Twilio's vector: %s", (_name, url, form, signature) => {
  expect(isSigned(TOKEN, signature, url, form)).toBe(true);
  expect(isSigned("12346", signature, url, form)).toBe(false);
});

test("whatever is changed, left out or not there at all does not fit", () => {
  const signature = signatureOf(TOKEN, URL_, CALL);
  const changed = (change: (form: URLSearchParams) => void) => {
    const form = new URLSearchParams(CALL);
    change(form);
    return isSigned(TOKEN, signature, URL_, form);
  };
  expect(changed(() => {})).toBe(true);
  expect(changed((form) => form.set("Digits", "1235"))).toBe(false);
  expect(changed((form) => form.delete("Digits"))).toBe(false);
  expect(changed((form) => form.append("Z", ""))).toBe(false);
  expect(isSigned(TOKEN, signature, URL_.replace("foo", "fop"), CALL)).toBe(false);
  for (const nothing of ["", "=", `${signature}=`, signature.toLowerCase(), "ä".repeat(14)]) expect(isSigned(TOKEN, nothing, URL_, CALL)).toBe(false);
});
