/** What stands in a field for roles, as the list that the API takes. */
export function rolesIn(text) {
  return text.split(/[\s,]+/).filter((role) => role !== "")
}
