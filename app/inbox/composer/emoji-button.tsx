"use client";
import Smile from "lucide-react/icons/smile";
import dynamic from "next/dynamic";
import { IconButton } from "@/app/ui/button";
import { Popover } from "@/app/ui/popover";
import { focusComposerSoon } from "./focus";

const EmojiPicker = dynamic(() => import("./emoji-picker"));

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
