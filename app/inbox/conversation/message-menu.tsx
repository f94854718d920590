"use client";
import Copy from "lucide-react/icons/copy";
import Ellipsis from "lucide-react/icons/ellipsis";
import Info from "lucide-react/icons/info";
import Link from "lucide-react/icons/link";
import Trash from "lucide-react/icons/trash-2";
import type { MessageView } from "@/app/replica/types";
import { IconButton } from "@/app/ui/button";
import { Menu } from "@/app/ui/menu";
import { toast } from "@/app/ui/toast";
import { useActs } from "../acts";
import { focusMessageSoon } from "../composer/focus";
import { placePath } from "../model/whereabouts";
import { useStage } from "../stage";
import { useConversation } from "./context";

/** What can be done with one message. Shown on hover and focus; a finger gets it by touching the message. */
export function MessageMenu({ message, stop }: { message: MessageView; stop: boolean }) {
  const { thread } = useConversation();
  const { showDetails } = useStage();
  const acts = useActs();
  const address = () => location.origin + placePath({ folder: "messages", threadId: thread.id, messageId: message.id });
  const remove = () => {
    acts.deleteMessage(thread.id, message.id);
    focusMessageSoon();
  };
  const committed = message.pending === undefined;
  return (
    <Menu
      label="Message"
      groups={[
        {
          items: [
            { label: "Copy text", icon: Copy, onSelect: () => void copy(message.text, "Copied") },
            ...(committed ? [{ label: "Copy link", icon: Link, onSelect: () => void copy(address(), "Link copied") }] : []),
            { label: "Details", icon: Info, onSelect: () => showDetails({ messageKey: message.key }) },
          ],
        },
        ...(committed ? [{ items: [{ label: "Delete for me", icon: Trash, danger: true, onSelect: remove }] }] : []),
      ]}
      trigger={(props) => (
        <IconButton
          {...props}
          icon={Ellipsis}
          label="What to do with this message"
          size="small"
          tabIndex={stop ? 0 : -1}
          className="opacity-0 transition-opacity focus-visible:opacity-100 group-focus-within/message:opacity-100 group-focus-visible/item:opacity-100 pointer-coarse:group-focus/item:opacity-100 group-hover/message:opacity-100 aria-expanded:opacity-100"
        />
      )}
    />
  );
}

async function copy(text: string, done: string): Promise<void> {
  const failed = await navigator.clipboard.writeText(text).then(
    () => false,
    () => true,
  );
  toast(failed ? "The browser does not allow copying here" : done);
}
