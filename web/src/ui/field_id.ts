// The id of a field's control, so that an error summary can lead to it. 'items[2].title' becomes a valid id.
export const field_id = (name: string): string => `field-${name.replace(/[^\w-]+/g, '-')}`;
