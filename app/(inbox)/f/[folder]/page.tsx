/** One of the other folders; the layout draws it, or says that there is none. */
export default function FolderPage() {
  return null;
}
