//! Figures as Markdown.

use crate::cell::{Cell, Figures};
use crate::peers::{BARE, MOSQUITTO, OURS};

pub const HEAD: &str = "| payload | program | messages/s (each run) | median | CPU µs a message | of bare | of mosquitto_sub |\n\
                        |---|---|---|---|---|---|---|";

pub fn print(cell: &Cell, all: &[Figures]) {
    let rate = |name: &str| {
        all.iter().find(|figures| figures.peer.name == name).map(|figures| figures.median(|run| run.per_second))
    };
    for figures in all {
        let runs: Vec<_> = figures.runs.iter().map(|run| thousands(run.per_second)).collect();
        let median = figures.median(|run| run.per_second);
        let ratio = |name| match rate(name) {
            Some(other) if figures.peer.name == OURS => format!("{:.2} ×", median / other),
            _ => String::new(),
        };
        println!(
            "| {} B | {} | {} | {} | {:.2} | {} | {} |",
            cell.size,
            figures.peer.name,
            runs.join(", "),
            thousands(median),
            figures.median(|run| run.cpu),
            ratio(BARE),
            ratio(MOSQUITTO),
        );
    }
}

/// `1,234,567`, rounded to thousands: the rest is noise.
fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", (value / 1000.0).round() * 1000.0);
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
