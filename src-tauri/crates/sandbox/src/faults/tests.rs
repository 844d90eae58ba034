//! Faults as text, and their bounds.

use super::*;

#[test]
fn text_and_back() {
    for text in [
        "refuse-connect=0x87",
        "refuse-connect=0x05,client=c1,times=3",
        "refuse-subscribe=0x80,topic=test/nosubscribe",
        "refuse-publish=0x97,topic=a/#,times=1",
        "wrong-session-present,client=c",
        "delay=500ms",
        "delay=2000ms,packet=connack,times=1",
        "throttle=1000,client=slow",
        "cut=publish",
        "lose=puback,times=2",
        "oversized=200000",
        "malformed=suback",
    ] {
        let fault: Fault = text.parse().unwrap();
        assert_eq!(fault.to_string(), text);
    }
    assert_eq!("delay=2s".parse(), "delay=2000ms".parse::<Fault>());
    assert_eq!("refuse-connect=135".parse(), "refuse-connect=0x87".parse::<Fault>());
}

#[test]
fn what_is_wrong_is_said() {
    for (text, said) in [
        ("", "is no fault"),
        ("explode", "is no fault"),
        ("refuse-connect", "refuses no CONNECT"),
        ("refuse-connect=0", "refuses no CONNECT"),
        ("refuse-connect=0x100", "refuses no CONNECT"),
        ("refuse-subscribe=2", "is no reason"),
        ("refuse-publish=0x97,topic=a/#/b", "is no topic filter"),
        ("wrong-session-present=1", "takes no value"),
        ("delay=1", "is no time"),
        ("delay=99999999s", "is no time"),
        ("throttle=0", "is no number"),
        ("lose=subscribe", "is no packet that the hub sends"),
        ("oversized=999999999999", "is no number"),
        ("lose=puback,times=0", "is no number"),
        ("lose=puback,topic=t", "takes no \"topic\""),
        ("throttle=9,times=1", "takes no \"times\""),
        ("lose=puback,times=1,times=2", "given once"),
        ("lose=puback,client", "with a value"),
    ] {
        let problem = text.parse::<Fault>().unwrap_err();
        assert!(problem.contains(said), "{text}: {problem}");
    }
}

#[test]
fn there_are_64_at_most() {
    let faults = Faults::default();
    for _ in 0..MOST {
        faults.inject("lose=puback,times=1".parse().unwrap()).unwrap();
    }
    assert_eq!(faults.inject("lose=puback".parse().unwrap()), None);
    let lost = |misdeed: &Misdeed| matches!(misdeed, Misdeed::Lose { .. }).then_some(());
    assert_eq!(faults.strike("c", lost), Some(()));
    assert_eq!(faults.list().len(), MOST - 1);
}
