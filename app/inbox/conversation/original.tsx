"use client";
import { Fragment } from "react";
import { useOriginal } from "@/app/replica/hooks";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { Loading, Skeleton } from "@/app/ui/skeleton";
import { ErrorState, Note } from "@/app/ui/states";
import { Tabs } from "@/app/ui/tabs";
import type { Message } from "@/domain/message";
import { originalDocument } from "../model/original";
import { plural } from "../model/words";
import { Linked } from "./body";

interface OriginalProps {
  message: Message;
  subject: string | undefined;
  onClose: () => void;
}

/** The mail as it came, in a frame that runs nothing, opens nothing, and loads nothing from outside unless asked to. */
export default function Original({ message, subject, onClose }: OriginalProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={subject || "Original"} size="large">
      <Inside message={message} />
    </Dialog>
  );
}

function Inside({ message }: { message: Message }) {
  const { original, status, failure, images, showImages, retry } = useOriginal(message.threadId, message.id);
  if (original === undefined) {
    if (status === "error")
      return <ErrorState what={failure?.sentence ?? "The original could not be loaded."} action={<Button onClick={retry}>Try again</Button>} />;
    return (
      <Loading of="the original">
        <Skeleton className="h-96 w-full" />
      </Loading>
    );
  }
  const frame = (
    <iframe
      title="The mail as it came"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={originalDocument(original, images)}
      className="h-[44dvh] w-full rounded-md border border-line bg-white"
    />
  );
  return (
    <div className="flex flex-col gap-3">
      <Envelope headers={original.headers} />
      {message.mail?.sender === "unproven" && <Note tone="wait">Nothing proves that this mail comes from the address it shows.</Note>}
      {original.blockedImages > 0 && !images && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="grow text-muted text-small">Images from outside are not loaded: they can tell the sender that you read this.</p>
          <Button size="small" onClick={showImages}>
            Load images ({original.blockedImages})
          </Button>
        </div>
      )}
      <Tabs
        label="Parts of the mail"
        tabs={[
          { value: "mail", label: "Mail", panel: frame },
          { value: "text", label: "Text", panel: <Plain text={original.text} /> },
          { value: "headers", label: plural(original.headers.length, "header"), panel: <Headers headers={original.headers} /> },
        ]}
      />
      {original.cut && <Note>This mail is very large. Only its beginning is shown.</Note>}
    </div>
  );
}

const SHOWN = ["From", "To", "Cc", "Date"];

/** Who it says it is from, to whom and when, as in every mail program. */
function Envelope({ headers }: { headers: readonly (readonly [string, string])[] }) {
  const shown = SHOWN.flatMap((name) => {
    const found = headers.find(([header]) => header.toLowerCase() === name.toLowerCase());
    return found ? [[name, found[1]] as const] : [];
  });
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-small">
      {shown.map(([name, value]) => (
        <Fragment key={name}>
          <dt className="text-faint">{name}</dt>
          <dd dir="auto" className="line-clamp-3 break-words text-start text-muted">
            {value}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The frame opens no links; here they can be read before they are followed. */
const Plain = ({ text }: { text: string }) => (
  <div className="h-[44dvh] overflow-auto">
    <p dir="auto" className="whitespace-pre-wrap text-start">
      {text === "" ? "This mail has no text." : <Linked text={text} />}
    </p>
  </div>
);

const Headers = ({ headers }: { headers: readonly (readonly [string, string])[] }) => (
  <dl className="h-[44dvh] overflow-auto font-mono text-small">
    {headers.map(([name, value], place) => (
      // A header may come several times; their order is the mail's own.
      <div key={`${place}-${name}`} className="flex gap-2 py-0.5">
        <dt className="w-40 shrink-0 text-muted">{name}</dt>
        <dd dir="auto" className="min-w-0 grow text-start">
          {value}
        </dd>
      </div>
    ))}
  </dl>
);
