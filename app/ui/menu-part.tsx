"use client";
import { Menu } from "@base-ui/react/menu";
import Check from "lucide-react/icons/check";
import { cx } from "./cx";
import { Icon } from "./icon";
import { Kbd } from "./kbd";
import type { MenuGroup, MenuItem, MenuPartProps } from "./menu";

/** A press on the button itself is the button's to answer; closing here as well would only open it again. */
const isOn = (target: EventTarget | null, anchor: HTMLElement | null): boolean => target instanceof Node && anchor?.contains(target) === true;

export default function MenuPart({ label, groups, side = "bottom", align = "start", open, onOpenChange, anchor }: MenuPartProps) {
  return (
    <Menu.Root
      open={open}
      modal={false}
      onOpenChange={(next, { reason, event }) => (reason === "outside-press" && isOn(event.target, anchor.current) ? undefined : onOpenChange(next))}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side={side} align={align} sideOffset={4} collisionPadding={8} className="z-40 outline-none">
          <Menu.Popup
            aria-label={label}
            finalFocus={anchor}
            className="float-in max-h-[var(--available-height)] min-w-48 max-w-[min(20rem,var(--available-width))] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float outline-none [--ground:var(--raised)]"
          >
            {groups.map((group, place) => (
              <Group key={group.heading ?? group.items[0]?.label} group={group} first={place === 0} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Group({ group, first }: { group: MenuGroup; first: boolean }) {
  return (
    <>
      {!first && <Menu.Separator className="mx-2 my-1 border-line border-t" />}
      <Menu.Group>
        {group.heading && <Menu.GroupLabel className="px-2 pt-2 pb-1 text-faint text-small">{group.heading}</Menu.GroupLabel>}
        {group.items.map((item) => (
          <Item key={item.label} item={item} />
        ))}
      </Menu.Group>
    </>
  );
}

const ROW =
  "flex min-h-8 cursor-pointer select-none items-center gap-3 rounded-md px-2 py-1 outline-none data-[disabled]:cursor-default data-[highlighted]:bg-hover data-[disabled]:text-faint max-md:min-h-11";

function Item({ item }: { item: MenuItem }) {
  const className = cx(ROW, item.danger && "text-danger");
  const inside = <Inside item={item} />;
  if (item.href) return <Menu.LinkItem href={item.href} className={className} children={inside} />;
  if (item.checked === undefined) return <Menu.Item onClick={item.onSelect} disabled={item.disabled} className={className} children={inside} />;
  return (
    <Menu.CheckboxItem checked={item.checked} onCheckedChange={item.onSelect} closeOnClick disabled={item.disabled} className={className} children={inside} />
  );
}

const Inside = ({ item }: { item: MenuItem }) => (
  <>
    {item.icon && <Icon of={item.icon} className={item.danger ? "" : "text-muted"} />}
    <span className="min-w-0 grow truncate">{item.label}</span>
    {item.checked && <Icon of={Check} />}
    {item.keys && <Kbd keys={item.keys} className="text-faint" />}
  </>
);
