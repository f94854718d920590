"use client";
import Copy from "lucide-react/icons/copy";
import Download from "lucide-react/icons/download";
import { Button } from "@/app/ui/button";
import { takeFocus } from "@/app/ui/focus";
import { toast } from "@/app/ui/toast";

/** Shown once; the server keeps them only encrypted. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  };
  return (
    <div className="flex flex-col gap-4">
      <p ref={takeFocus} tabIndex={-1} className="text-muted outline-none">
        Keep these somewhere safe. Each lets you in once if you lose the app. They are not shown again.
      </p>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono" dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon={Copy} onClick={() => void copy()}>
          Copy
        </Button>
        <Button icon={Download} onClick={() => save(text)}>
          Save as file
        </Button>
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([`Braid recovery codes, each works once\n\n${text}\n`], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "braid-recovery-codes.txt" });
  link.click();
  URL.revokeObjectURL(url);
}
