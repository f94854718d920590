"use client";
import CircleAlert from "lucide-react/icons/circle-alert";
import Download from "lucide-react/icons/download";
import Hourglass from "lucide-react/icons/hourglass";
import Paperclip from "lucide-react/icons/paperclip";
import { useState } from "react";
import { Icon } from "@/app/ui/icon";
import type { Message } from "@/domain/message";
import { filesOf, missingWords, type ShownFile } from "../model/files";
import { sizeWords } from "../model/words";

/** What came with a message: pictures in their place, other files to save, and words for what is not here. */
export default function Files({ message, from }: { message: Message; from: string }) {
  const shown = filesOf(message);
  const pictures = shown.filter(({ picture }) => picture !== undefined);
  return (
    <ul aria-label="Files" className="my-0.5 flex min-w-0 flex-col items-start gap-1.5">
      {shown.map((one, place) => (
        // Files have no other name than their place, which never changes.
        <li key={`${place}-${one.file.name}`} className="min-w-0 max-w-full">
          {one.picture && one.href ? (
            <Picture of={one.picture} href={one.href} alt={altOf(pictures.indexOf(one), pictures.length, from)} />
          ) : one.href ? (
            <Saved file={one.file} href={one.href} />
          ) : (
            <Missing file={one.file} />
          )}
        </li>
      ))}
    </ul>
  );
}

const altOf = (index: number, count: number, from: string): string => (count === 1 ? `Picture from ${from}` : `Picture ${index + 1} of ${count} from ${from}`);

/** CSS pixels. */
const MAX = { width: 320, height: 360 };

/** Its room is kept before it is there, so nothing moves when it comes. Opens in full size. */
function Picture({ of: { width, height }, href, alt }: { of: { width: number; height: number }; href: string; alt: string }) {
  const [broken, setBroken] = useState(false);
  const scale = Math.min(1, MAX.width / width, MAX.height / height);
  const box = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  if (broken) return <Words icon={CircleAlert}>{alt} cannot be shown at the moment.</Words>;
  return (
    <a href={href} target="_blank" rel="noopener" title="Open in full size" className="block max-w-full rounded-md">
      <img
        {...box}
        src={href}
        alt={alt}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
        className="h-auto max-w-full rounded-md bg-press outline outline-ink/10 -outline-offset-1"
      />
    </a>
  );
}

const Saved = ({ file, href }: Pick<ShownFile, "file"> & { href: string }) => (
  <a
    href={`${href}?save`}
    download={file.name}
    className="group/file flex min-w-0 items-center gap-1.5 rounded-sm text-small hover:text-accent max-md:min-h-11"
  >
    <Icon of={Paperclip} className="text-muted" />
    <span dir="auto" className="min-w-0 truncate underline decoration-edge underline-offset-2 group-hover/file:decoration-current">
      {file.name || "Unnamed file"}
    </span>
    {file.bytes !== undefined && <span className="shrink-0 text-muted">{sizeWords(file.bytes)}</span>}
    <Icon of={Download} className="shrink-0 text-muted" />
  </a>
);

const Missing = ({ file }: Pick<ShownFile, "file">) => <Words icon={file.lost === undefined ? Hourglass : CircleAlert}>{missingWords(file)}</Words>;

const Words = ({ icon, children }: { icon: typeof CircleAlert; children: React.ReactNode }) => (
  <p className="flex items-center gap-1.5 text-muted text-small">
    <Icon of={icon} className="shrink-0" />
    <span>{children}</span>
  </p>
);
