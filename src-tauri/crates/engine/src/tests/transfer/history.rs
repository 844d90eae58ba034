//! What an import writes into the history of credentials.

use super::{Filled, PASSPHRASE, export_all, fill, import, under_a_passphrase};
use crate::tests::page::{Page, engine};
use hubscope_model::{DeviceId, TokenCause, TokenHistory, TokenState};
use serde_json::json;

async fn causes(page: &mut Page, device: DeviceId) -> Vec<(TokenCause, TokenState)> {
    let history: TokenHistory = page.call("token.history", json!({ "device": device })).await;
    history.events.iter().map(|event| (event.cause, event.to)).collect()
}

#[tokio::test]
async fn a_credential_that_came_with_an_import_says_so_and_one_that_stayed_does_not() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    let Filled { meter, gateway, .. } = fill(&mut page).await;
    let (_, with_secrets) = export_all(&mut page, Some(PASSPHRASE)).await;
    let (_, without) = export_all(&mut page, None).await;
    from.stop().await;

    let (to, _home, mut page) = under_a_passphrase().await;
    let all = ["add", "add", "add"];
    import(&mut page, &with_secrets, Some(PASSPHRASE), &["add", "add"], &all).await;
    let imported = (TokenCause::Imported, TokenState::Unused);
    for device in [meter.id, gateway.id] {
        assert_eq!(causes(&mut page, device).await, [imported]);
    }
    // The same credential without its secret: what is stored stays, and its history with it.
    import(&mut page, &without, None, &["replace", "skip"], &["replace", "skip", "skip"]).await;
    assert_eq!(causes(&mut page, meter.id).await, [imported]);
    // With its secret it is one more.
    let replace = ["replace", "skip", "skip"];
    import(&mut page, &with_secrets, Some(PASSPHRASE), &["replace", "skip"], &replace).await;
    assert_eq!(causes(&mut page, meter.id).await, [imported, imported]);
    assert_eq!(causes(&mut page, gateway.id).await, [imported]);
    to.stop().await;
}
