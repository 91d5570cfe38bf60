// The time of a moment as a time field wants it: 24 hours whatever the language, in the organisation's zone.
export const clock_time = (moment: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(moment);
