/** Where something is: longitude, latitude and how far off that may be, as every form asks for it. */
import { TextField } from "../ui/fields.tsx";
import { useWords } from "../words/use-words.tsx";

interface Props<Name extends string> {
  /** What the form calls longitude and latitude, degrees, and how far off they may be, metres, where it asks for that. */
  readonly names: readonly [lon: Name, lat: Name, metres?: Name];
  readonly fields: Readonly<Partial<Record<Name, string>>>;
  readonly error?: string | undefined;
  readonly change: (part: { readonly [Each in Name]?: string }) => void;
}

export function PlaceFields<Name extends string>({ names: [lon, lat, metres], fields, error, change }: Props<Name>) {
  const words = useWords();
  const part = (name: Name) => ({
    value: fields[name] ?? "",
    onValue: (value: string) => change({ [name]: value } as { readonly [Each in Name]?: string }),
  });
  return (
    <>
      <TextField {...part(lon)} label={words.say("console.longitude")} inputMode="decimal" error={error} />
      <TextField {...part(lat)} label={words.say("console.latitude")} inputMode="decimal" error={error} />
      {metres === undefined ? null : (
        <TextField {...part(metres)} label={words.say("console.uncertaintyMetres")} inputMode="numeric" />
      )}
    </>
  );
}
