//! A thousand certificates by the job, beside openssl in a loop. Measures and asserts nothing about time.

use super::{authority, export, issue, list, openssl, under_passphrase};
use crate::tests::page::{Page, engine};
use hubscope_model::JobState;
use serde_json::json;
use std::time::Instant;

/// Certificates by the job, and by openssl, which takes long.
const BY_JOB: usize = 1_000;
const BY_OPENSSL: usize = 100;

/// A line of this process's status, KiB.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Processor time of this process and of its children that ended, seconds (proc(5), stat: ticks of 10 ms).
fn processor() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<_> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let seconds = |at: usize| fields[at..at + 2].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0;
    (seconds(11), seconds(13))
}

#[tokio::test]
#[ignore = "measures: cargo test -p hubscope-engine --release measure -- --ignored --nocapture"]
async fn a_thousand_certificates_beside_openssl() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    for form in ["pem", "private_key"] {
        export(&mut page, &root, form, None).await;
    }
    // From here on the peak counts anew (proc(5), clear_refs).
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, start, used) = (status("VmRSS"), Instant::now(), processor().0);
    let devices: Vec<_> = (0..BY_JOB).map(|number| json!({ "common_name": format!("pump-{number}") })).collect();
    assert_eq!(issue(&mut page, &root, json!(devices)).await, JobState::Done);
    let (took, peak, used) = (start.elapsed(), status("VmHWM"), processor().0 - used);
    println!("job: {BY_JOB} in {took:.2?}, processor {used:.2} s, memory {before} KiB before, {peak} KiB at the peak");
    for times in ["first", "next"] {
        let (start, used) = (Instant::now(), processor().0);
        assert_eq!(list(&mut page).await.len(), BY_JOB + 1);
        println!("{times} list: {:.2?}, processor {:.2} s", start.elapsed(), processor().0 - used);
    }

    let (start, used) = (Instant::now(), processor().1);
    for number in 0..BY_OPENSSL {
        let subject = format!("/CN=pump-{number}");
        let made = [
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "d.key",
            "-out",
            "d.csr",
            "-subj",
            &subject,
        ];
        let signed = [
            "x509",
            "-req",
            "-in",
            "d.csr",
            "-CA",
            "Root.pem",
            "-CAkey",
            "Root-key.pem",
            "-days",
            "365",
            "-out",
            "d.pem",
        ];
        for args in [&made[..], &signed[..]] {
            let (ok, said) = openssl(home.path(), args);
            assert!(ok, "{said}");
        }
    }
    println!("openssl: {BY_OPENSSL} in {:.2?}, processor {:.2} s", start.elapsed(), processor().1 - used);
    engine.stop().await;
}
