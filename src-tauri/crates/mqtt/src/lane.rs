//! A session's packet lane: every control packet, told to the sink while somebody watches. Closed, it costs one look at
//! a flag for each packet.

use crate::actor::Stage;
use crate::link::Link;
use hubscope_model::PacketKind;

/// Tells of the packet behind an event, before the event is read.
pub(crate) fn show<L: Link>(link: &L, event: &L::Event, stage: &Stage) {
    if !stage.shared.is_watched() {
        return;
    }
    let packet = link.packet(event, &stage.shared.desk.lock());
    let Some(packet) = packet else { return };
    if packet.kind == PacketKind::Connack {
        show_connect(stage, packet.time);
    }
    stage.packet(packet);
}

/// Tells of a CONNECT and of the CONNACK that refused it, which the library makes an error of.
pub(crate) fn show_refusal<L: Link>(link: &L, stage: &Stage) {
    if stage.shared.is_watched()
        && let Some(refusal) = link.refusal()
    {
        show_connect(stage, refusal.time);
        stage.packet(refusal);
    }
}

/// That CONNECT was written is known from its answer only.
fn show_connect(stage: &Stage, time: i64) {
    let connect = stage.connect.lock().take();
    if let Some(mut connect) = connect {
        connect.time = time;
        stage.packet(connect);
    }
}
