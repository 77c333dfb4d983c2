//! What answers say about when to come back: `Retry-After` (RFC 9110, section 10.2.3) and the headers of rate limits, in the
//! forms of the IETF's drafts (`RateLimit`, `RateLimit-Remaining`) and of GitHub (`X-RateLimit-Remaining`).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::transport::Answer;

/// Longer waits are cut to this; nobody waits that long in a run.
const LONGEST: u64 = 24 * 60 * 60;
/// A reset above this is a moment in seconds since 1970, not a wait: it would be a wait of thirty years.
const EPOCH: u64 = 1_000_000_000;

/// How long the host wants to be left alone. `now` serves where the answer has no date.
pub fn wait(answer: &Answer, now: Timestamp) -> Option<Duration> {
    let now = answer.header("date").and_then(moment).unwrap_or(now);
    let asked = answer.header("retry-after").filter(|_| answer.status >= 400).and_then(|value| retry_after(value, now));
    asked.into_iter().chain(limit(answer, now)).max()
}

fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    match value.trim().parse() {
        Ok(seconds) => Some(capped(seconds)),
        Err(_) => moment(value).map(|moment| until(moment, now)),
    }
}

/// The wait for a new quota, if the old one is used up.
fn limit(answer: &Answer, now: Timestamp) -> Option<Duration> {
    let reset = |value: u64| match value {
        EPOCH.. => {
            let moment = i64::try_from(value).ok().and_then(|value| Timestamp::from_second(value).ok());
            moment.map_or(capped(LONGEST), |moment| until(moment, now))
        }
        _ => capped(value),
    };
    let pairs = ["ratelimit", "x-ratelimit", "x-rate-limit"].into_iter().filter_map(|prefix| {
        let number = |name: &str| answer.header(&format!("{prefix}-{name}"))?.trim().parse::<u64>().ok();
        Some((number("remaining")?, number("reset")?))
    });
    let listed = answer.header("ratelimit").map(quotas).unwrap_or_default();
    pairs.chain(listed).filter(|(remaining, _)| *remaining == 0).map(|(_, value)| reset(value)).max()
}

/// Remaining and reset of each quota: `limit=10, remaining=0, reset=50` and, since draft 8, `"default";r=0;t=50`.
fn quotas(value: &str) -> Vec<(u64, u64)> {
    let mut found = vec![];
    let mut remaining = None;
    for (key, number) in value.split([',', ';']).filter_map(|part| part.trim().split_once('=')) {
        match (key, number.parse()) {
            ("r" | "remaining", Ok(number)) => remaining = Some(number),
            ("t" | "reset", Ok(number)) => found.extend(remaining.take().map(|remaining| (remaining, number))),
            _ => {}
        }
    }
    found
}

fn moment(value: &str) -> Option<Timestamp> {
    DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value.trim()).ok()
}

fn until(moment: Timestamp, now: Timestamp) -> Duration {
    capped(u64::try_from(moment.as_second() - now.as_second()).unwrap_or(0))
}

fn capped(seconds: u64) -> Duration {
    Duration::from_secs(seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A status, headers, and the wait in seconds.
    type Case = (u16, &'static [(&'static str, &'static str)], Option<u64>);

    #[test]
    fn waits() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().expect("a moment");
        let cases: [Case; 16] = [
            (429, &[("retry-after", "120")], Some(120)),
            (503, &[("retry-after", " 7 ")], Some(7)),
            (200, &[("retry-after", "7")], None),
            (429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], Some(37)),
            (
                429,
                &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:30 GMT")],
                Some(7),
            ),
            (429, &[("retry-after", "Sun, 06 Nov 1984 08:49:37 GMT")], Some(0)),
            (429, &[("retry-after", "soon")], None),
            (429, &[("retry-after", "-5")], None),
            (429, &[("retry-after", "99999999999")], Some(LONGEST)),
            (200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")], Some(30)),
            (200, &[("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "30")], None),
            (403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1784111340")], Some(LONGEST)),
            (200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "50")], Some(50)),
            (200, &[("ratelimit", "limit=100, remaining=0, reset=50")], Some(50)),
            (200, &[("ratelimit", "\"day\";r=12;t=99, \"burst\";r=0;t=5")], Some(5)),
            (429, &[("ratelimit", "\"x\";r=0;t=5"), ("retry-after", "9")], Some(9)),
        ];
        for (status, headers, seconds) in cases {
            let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let answer = Answer { status, headers };
            assert_eq!(wait(&answer, now), seconds.map(Duration::from_secs), "{answer:?}");
        }
    }

    #[test]
    fn a_reset_may_be_a_moment() {
        let now = Timestamp::from_second(1_784_111_300).expect("a moment");
        let headers = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1784111340")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(wait(&Answer { status: 403, headers }, now), Some(Duration::from_secs(40)));
    }
}
