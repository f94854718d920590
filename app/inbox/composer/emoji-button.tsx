"use client";
import Smile from "lucide-react/icons/smile";
import { IconButton } from "@/app/ui/button";
import { lazily } from "@/app/ui/floating";
import { Popover } from "@/app/ui/popover";
import { focusComposerSoon } from "./focus";

const EmojiPicker = lazily(() => import("./emoji-picker"));

export const EmojiButton = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <Popover label="Emoji" side="top" align="end" trigger={(props) => <IconButton {...props} icon={Smile} label="Emoji" className="max-md:hidden" />}>
    {(close) => (
      <EmojiPicker
        onPick={(emoji) => {
          close();
          onPick(emoji);
          focusComposerSoon();
        }}
      />
    )}
  </Popover>
);
