import Globe from "lucide-react/icons/globe";
import Mail from "lucide-react/icons/mail";
import MessageCircle from "lucide-react/icons/message-circle";
import Smartphone from "lucide-react/icons/smartphone";
import type { Channel } from "@/domain/address";
import { cx } from "./cx";
import { Icon, type IconType } from "./icon";
import { VisuallyHidden } from "./visually-hidden";

interface ChannelLook {
  /** "Chat". */
  readonly word: string;
  /** "as e-mail", to complete "Sent …". */
  readonly as: string;
  /** "by e-mail", to complete "1 ..." and "outside, ...". */
  readonly by: string;
  readonly icon: IconType;
  readonly text: string;
  readonly fill: string;
  readonly soft: string;
}

export const CHANNEL: Readonly<Record<Channel, ChannelLook>> = {
  chat: { word: "Chat", as: "as chat", by: "by chat", icon: MessageCircle, text: "text-chat", fill: "bg-chat", soft: "bg-chat-soft" },
  email: { word: "E-mail", as: "as e-mail", by: "by e-mail", icon: Mail, text: "text-email", fill: "bg-email", soft: "bg-email-soft" },
  sms: { word: "SMS", as: "as SMS", by: "by SMS", icon: Smartphone, text: "text-sms", fill: "bg-sms", soft: "bg-sms-soft" },
  site: { word: "Site", as: "through the site", by: "through the site", icon: Globe, text: "text-site", fill: "bg-site", soft: "bg-site-soft" },
};

/** The channel's icon in its hue. Screen readers hear the word unless `silent`, which is for where the word stands beside it. */
export const ChannelIcon = ({
  channel,
  size = 16,
  silent = false,
  className,
}: {
  channel: Channel;
  size?: 12 | 16 | 20;
  silent?: boolean;
  className?: string;
}) => (
  <span className={cx("inline-flex shrink-0", CHANNEL[channel].text, className)}>
    <Icon of={CHANNEL[channel].icon} size={size} />
    {!silent && <VisuallyHidden>{CHANNEL[channel].word}</VisuallyHidden>}
  </span>
);

/** Icon and word together. */
export const ChannelLabel = ({ channel, className }: { channel: Channel; className?: string }) => (
  <span className={cx("inline-flex items-center gap-1 text-small", className)}>
    <ChannelIcon channel={channel} silent />
    {CHANNEL[channel].word}
  </span>
);
