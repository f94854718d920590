"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import RadioTower from "lucide-react/icons/radio-tower";
import { Button } from "@/app/ui/button";
import { Menu } from "@/app/ui/menu";
import { sentenceOf } from "@/app/ui/refusal";
import { toast } from "@/app/ui/toast";
import { type Behaviour, type Phone, type Phones, setBehaviour } from "./data";
import { BEHAVIOURS, behaviourWords, isSame } from "./texts";

/** What the network does with what we send to this phone. */
export function NetworkMenu({ phone: { number, name, behaviour } }: { phone: Phone }) {
  const client = useQueryClient();
  const behave = useMutation({
    mutationFn: (next: Behaviour) => setBehaviour(number, next),
    onMutate: (next) =>
      client.setQueryData<Phones>(
        ["phones"],
        (all) => all && { ...all, phones: all.phones.map((one) => (one.number === number ? { ...one, behaviour: next } : one)) },
      ),
    onError: (error) => toast(sentenceOf(error), { tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["phones"] }),
  });
  return (
    <Menu
      label={`What the network does with texts to ${name}`}
      groups={[
        {
          heading: "Texts to this phone",
          items: BEHAVIOURS.map((one) => ({ label: behaviourWords(one), checked: isSame(one, behaviour), onSelect: () => behave.mutate(one) })),
        },
      ]}
      trigger={(props) => (
        <Button {...props} look="plain" size="small" icon={RadioTower}>
          <span className="sr-only">Network of {name}: </span>
          {behaviourWords(behaviour)}
        </Button>
      )}
    />
  );
}
